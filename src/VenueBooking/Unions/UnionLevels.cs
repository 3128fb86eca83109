namespace VenueBooking.Unions;

/// <summary>The database keeps levels by their names, whose alphabet is not their order.</summary>
public static class UnionLevels
{
    /// <summary>District, then branches, then grassroots; each by name.</summary>
    public static IOrderedQueryable<Union> ByLevel(this IQueryable<Union> unions) =>
        unions.OrderBy(u => u.Level == UnionLevel.District ? 0 : u.Level == UnionLevel.Branch ? 1 : 2).ThenBy(u => u.Name);
}
