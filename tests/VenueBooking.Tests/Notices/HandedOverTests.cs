using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using VenueBooking.Notices;
using VenueBooking.Tests.Support;

namespace VenueBooking.Tests.Notices;

public sealed class HandedOverTests : IDisposable
{
    readonly string data = Temporary.Directory();
    readonly Guid[] mails = [.. Enumerable.Range(0, 5000).Select(_ => Guid.CreateVersion7())];

    string Notes => Path.Combine(data, "handed-over");

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Fact]
    public void What_a_living_process_has_noted_is_left_alone_and_what_one_has_left_is_taken_over()
    {
        using var next = Process();
        using (var before = Process())
        {
            before.Add([mails[0]]);
            Assert.Empty(next.All());
        }

        Assert.Equal([mails[0]], next.All());
        Assert.Single(Directory.GetFiles(Notes));
    }

    [Fact]
    public void What_was_taken_over_is_noted_again_for_the_one_after()
    {
        Leave(mails[..3]);
        using (var killedToo = Process())
            Assert.Equal(mails[..3].Order(), killedToo.All().Order());

        using var third = Process();
        Assert.Equal(mails[..3].Order(), third.All().Order());
    }

    [Fact]
    public void A_note_that_was_not_written_whole_is_passed_over()
    {
        Leave(mails[..2]);
        using (var file = File.Open(Assert.Single(Directory.GetFiles(Notes)), FileMode.Append))
            file.Write([1, 2, 3]);

        using var next = Process();
        Assert.Equal(mails[..2].Order(), next.All().Order());
    }

    [Fact]
    public void What_was_marked_goes_from_the_file_however_much_it_was()
    {
        using (var one = Process())
        {
            one.Add(mails);
            one.Remove(mails[10..]);
            Assert.Equal(10 * 16, new FileInfo(Assert.Single(Directory.GetFiles(Notes))).Length);
        }

        using var next = Process();
        Assert.Equal(mails[..10].Order(), next.All().Order());
    }

    [Fact]
    public void Where_nothing_is_left_to_mark_no_file_stays()
    {
        using (var one = Process())
        {
            one.Add(mails[..2]);
            one.Remove(mails[..2]);
        }

        Assert.Empty(Directory.GetFiles(Notes));
    }

    [Fact]
    public void Where_nothing_can_be_written_it_is_remembered_all_the_same_and_noted_once_that_is_possible()
    {
        File.WriteAllText(Notes, "a file where the directory should be");
        using (var one = Process())
        {
            one.Add([mails[0]]);
            Assert.Equal([mails[0]], one.All());
            File.Delete(Notes);
            one.Add([mails[1]]);
        }

        using var next = Process();
        Assert.Equal(mails[..2].Order(), next.All().Order());
    }

    void Leave(Guid[] noted)
    {
        using var killed = Process();
        killed.Add(noted);
    }

    HandedOver Process() => new(
        new(new ConfigurationBuilder().AddInMemoryCollection([new("VenueBooking:DataDir", data)]).Build(), new HostingEnvironment()),
        NullLogger<HandedOver>.Instance);
}
