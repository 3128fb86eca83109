using System.Net;

namespace VenueBooking.Tests.Startup;

public sealed class HealthTests(AppLease lease) : AppTest(lease)
{
    [Fact]
    public async Task A_service_with_its_database_is_live_and_ready()
    {
        var api = await App.ApiAs(null);

        Assert.Equal(HttpStatusCode.OK, (await api.Get("/health/live")).Status);
        var ready = await api.Get("/health/ready");
        Assert.Equal("Healthy", ready["checks"].GetProperty("database").GetString());
    }
}
