using VenueBooking.Web;

namespace VenueBooking.Supply;

public enum AgreementKind { Purchase, Borrowing, Partnership }

public enum AgreementState { Draft, Active, Ended, Terminated }

/// <summary>协议: how the federation comes by a venue's hours. One venue, one counterparty, one kind of terms.</summary>
public sealed class Agreement
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public string Number { get; set; } = "";
    public AgreementKind Kind { get; init; }
    public Guid VenueId { get; init; }
    public string Counterparty { get; set; } = "";
    public AgreementState State { get; private set; }
    public DateOnly? SignedOn { get; set; }
    public DateOnly StartsOn { get; set; }
    public DateOnly EndsOn { get; set; }
    /// <summary>Whose own members may book first; null: nobody's.</summary>
    public Guid? OwnerUnionId { get; set; }
    /// <summary>Days before the start from which the owner union's members may book.</summary>
    public int OwnDays { get; set; } = 14;
    /// <summary>Days before the start from which every member may book.</summary>
    public int AllDays { get; set; } = 7;
    /// <summary>Hours before the start from which the weekly quota no longer counts.</summary>
    public int QuotaLiftedHours { get; set; } = 24;
    /// <summary>Minutes before the start at which booking ends.</summary>
    public int ClosesMinutes { get; set; }
    /// <summary>Hours before the start until which a member may cancel.</summary>
    public int CancelHours { get; set; } = 2;
    /// <summary>Hours before the start until which unused hours can go back; null: never.</summary>
    public int? ReturnHours { get; set; }
    /// <summary>Share of the price that comes back for them.</summary>
    public int ReturnPercent { get; set; } = 100;
    public string Notes { get; set; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? PublishedAt { get; private set; }
    public DateTimeOffset? TerminatedAt { get; private set; }
    public string? TerminatedReason { get; private set; }
    /// <summary>Changes with every edit: a form that was filled in on an older one is refused.</summary>
    public uint Version { get; private set; }

    public void Publish(DateTimeOffset now) => (State, PublishedAt) = (AgreementState.Active, now);
    public void End() => State = AgreementState.Ended;
    public void Terminate(string reason, DateTimeOffset now) =>
        (State, TerminatedAt, TerminatedReason) = (AgreementState.Terminated, now, reason);
}

/// <summary>Space × weekdays × from–to × date range × price per hour, cut into slots of N minutes.</summary>
public sealed class PurchaseBlock
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid AgreementId { get; init; }
    /// <summary>Its place among the agreement's blocks, as they were entered.</summary>
    public int Position { get; set; }
    public Guid SpaceId { get; set; }
    /// <summary>Bit n is set for <see cref="DayOfWeek"/> n; bit 0 is Sunday.</summary>
    public short Weekdays { get; set; }
    public TimeOnly FromTime { get; set; }
    /// <summary>24:00 is <see cref="SiteTime.Midnight"/>.</summary>
    public TimeOnly ToTime { get; set; }
    public DateOnly StartsOn { get; set; }
    public DateOnly EndsOn { get; set; }
    public int SlotMinutes { get; set; }
    public int Capacity { get; set; }
    public int HourPriceFen { get; set; }
    public bool OnHolidays { get; set; }

    public int Minutes => SlotCutter.Minutes(FromTime, ToTime);

    public bool RunsOn(DayOfWeek weekday) => (Weekdays >> (int)weekday & 1) == 1;
}
