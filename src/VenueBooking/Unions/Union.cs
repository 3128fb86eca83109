namespace VenueBooking.Unions;

public enum UnionLevel { District, Branch, Grassroots }

/// <summary>A union in the tree: district › street or industry › grassroots.</summary>
public sealed class Union
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid? ParentId { get; private init; }
    public UnionLevel Level { get; private init; }
    public string Name { get; private set; } = "";
    /// <summary>Ids from the root to this one: "in the subtree of X" is "Path contains X".</summary>
    public Guid[] Path { get; private init; } = [];
    /// <summary>People of this union that may be booked in on one day; null: no cap.</summary>
    public int? DailyCap { get; private set; }
    public DateTimeOffset CreatedAt { get; private init; }
    public DateTimeOffset? EndedAt { get; private set; }
    /// <summary>Two of staff on one union: the second finds it changed.</summary>
    public uint Version { get; private set; }

    public static Union Make(Union? parent, string name, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7();
        return new Union
        {
            Id = id,
            ParentId = parent?.Id,
            Level = parent is null ? UnionLevel.District : parent.Level == UnionLevel.District ? UnionLevel.Branch : UnionLevel.Grassroots,
            Name = name,
            Path = parent is null ? [id] : [.. parent.Path, id],
            CreatedAt = now,
        };
    }

    public void Rename(string name) => Name = name;
    public void CapAt(int? peoplePerDay) => DailyCap = peoplePerDay;
    public void End(DateTimeOffset now) => EndedAt ??= now;
}
