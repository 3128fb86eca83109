using VenueBooking.Supply;
using VenueBooking.Unions;
using VenueBooking.Web;

namespace VenueBooking.Bookings;

/// <summary>
/// What a batch has locked and read, and what it decides on it: request by request in order of arrival, each seeing what the
/// ones before it got, exactly as if they had come alone. Pure but for ids and codes.
/// </summary>
sealed class BatchState(BookingPolicy policy)
{
    readonly Dictionary<Guid, Member> members = [];
    readonly Dictionary<Guid, int> caps = [];
    readonly Dictionary<(Guid Union, DateOnly Day), int> people = [];
    readonly Dictionary<Guid, Slot> slots = [];
    readonly Dictionary<Guid, int> taken = [];
    /// <summary>A form at the desk lets one in, whoever that is; there it goes by its id alone.</summary>
    readonly Dictionary<(Guid? Member, Guid Request), Booking> byRequest = [];

    /// <summary>The bookings to write.</summary>
    public List<Booking> Made { get; } = [];

    /// <summary>Lines for the audit log, with the booking each is about.</summary>
    public List<(AuditEntry Entry, Guid BookingId)> Entries { get; } = [];

    /// <summary>Whether a union of these members lets only so many people book a day: then its cap has to be added.</summary>
    public bool HasCaps { get; private set; }

    public void Add(Guid memberId, MembershipState state, Guid? unionId, Guid[] unionPath, bool isCapped)
    {
        members[memberId] = new(state, unionId, unionPath);
        HasCaps |= isCapped;
    }

    public void AddCap(Guid unionId, int cap) => caps[unionId] = cap;

    public void AddPeople(Guid unionId, DateOnly day, int count) => people[(unionId, day)] = count;

    public void Add(Slot slot)
    {
        slots[slot.Id] = slot;
        taken[slot.Id] = slot.Taken;
    }

    public void Add(Guid memberId, MemberUsage.Entry booking)
    {
        if (members.TryGetValue(memberId, out var member))
            member.Bookings.Add(booking);
    }

    public void AddRepeated(Booking booking) => byRequest[(booking.WalkIn ? null : booking.MemberId, booking.RequestId!.Value)] = booking;

    /// <summary>Places that the batch takes, per slot.</summary>
    public IEnumerable<(Guid SlotId, int Places)> Taken =>
        Made.GroupBy(b => b.SlotId).Select(g => (g.Key, g.Sum(b => b.Places)));

    public Outcome<Booking> Decide(BookingRequest request, DateTimeOffset now)
    {
        if (request.RequestId is { } asked && byRequest.TryGetValue((request.WalkInBy is null ? request.MemberId : null, asked), out var before))
            return IsFor(before, request) ? before : BookingRefusals.KeyReused;
        if (!slots.TryGetValue(request.SlotId, out var slot))
            return Refusal.NotFound;
        var member = request.MemberId is { } id ? members.GetValueOrDefault(id) : null;
        var usage = request.MemberId is null ? null : Usage(slot, member);
        if (WhyNot(slot, request, usage, now) is not { } refusal)
            return Take(slot, request, member, now);
        request.Found = usage is null ? null : (slot, usage);
        return refusal;
    }

    static bool IsFor(Booking made, BookingRequest request) =>
        (made.SlotId, made.PartySize, made.MemberId, made.GuestName) == (request.SlotId, request.PartySize, request.MemberId, request.GuestName);

    Refusal? WhyNot(Slot slot, BookingRequest request, MemberUsage? usage, DateTimeOffset now)
    {
        var free = slot.Capacity - taken[slot.Id];
        return request.WalkInBy is null
            ? policy.WhyNot(slot, free, usage ?? MemberUsage.Unknown, request.PartySize, now)
            : policy.WhyNotWalkIn(slot, free, usage, request.PartySize, now);
    }

    MemberUsage Usage(Slot slot, Member? member)
    {
        if (member is null)
            return MemberUsage.Unknown;
        return new(member.State, member.UnionPath, member.Bookings)
        {
            UnionDay = member.UnionId is { } union && caps.TryGetValue(union, out var cap)
                ? (people.GetValueOrDefault((union, SiteTime.DayOf(slot.StartsAt))), cap)
                : null,
        };
    }

    Booking Take(Slot slot, BookingRequest request, Member? member, DateTimeOffset now)
    {
        var booking = Make(slot, request, member?.UnionId, now);
        Made.Add(booking);
        if (request.Entry is { } entry)
            Entries.Add((entry, booking.Id));
        taken[slot.Id] += booking.Places;
        if (request.RequestId is not null)
            AddRepeated(booking);
        if (member is null)
            return booking;
        member.Bookings.Add(new(slot.Id, slot.Activity, slot.StartsAt, slot.EndsAt, booking.State));
        if (member.UnionId is { } union && caps.ContainsKey(union))
            people[(union, SiteTime.DayOf(slot.StartsAt))] = people.GetValueOrDefault((union, SiteTime.DayOf(slot.StartsAt))) + request.PartySize;
        return booking;
    }

    static Booking Make(Slot slot, BookingRequest request, Guid? unionId, DateTimeOffset now)
    {
        var confirms = request.WalkInBy is null && slot.StartsAt - now > BookingRules.ConfirmWhenAhead;
        return new Booking
        {
            Id = Guid.CreateVersion7(),
            SlotId = slot.Id,
            VenueId = slot.VenueId,
            MemberId = request.MemberId,
            GuestName = request.GuestName,
            UnionId = unionId,
            Activity = slot.Activity,
            StartsAt = slot.StartsAt,
            EndsAt = slot.EndsAt,
            PartySize = request.PartySize,
            Places = BookingPolicy.PlacesOf(slot, request.PartySize),
            Code = BookingCode.Make(),
            State = request.WalkInBy is null ? BookingState.Booked : BookingState.CheckedIn,
            WalkIn = request.WalkInBy is not null,
            CreatedAt = now,
            ConfirmFrom = confirms ? slot.StartsAt - BookingRules.ConfirmFrom : null,
            ConfirmBy = confirms ? slot.StartsAt - BookingRules.ConfirmBy : null,
            CheckedInAt = request.WalkInBy is null ? null : now,
            CheckedInBy = request.WalkInBy,
            Headcount = request.WalkInBy is null ? null : request.PartySize,
            RequestId = request.RequestId,
        };
    }

    sealed record Member(MembershipState State, Guid? UnionId, Guid[] UnionPath)
    {
        public List<MemberUsage.Entry> Bookings { get; } = [];
    }
}
