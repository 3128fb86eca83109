using System.Diagnostics.CodeAnalysis;

namespace VenueBooking.Web;

/// <summary>Either what was asked for, or why not.</summary>
public readonly record struct Outcome<T>
{
    Outcome(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    public T? Value { get; }
    public Refusal? Refusal { get; }

    [MemberNotNullWhen(true, nameof(Refusal))]
    [MemberNotNullWhen(false, nameof(Value))]
    public bool IsRefused => Refusal is not null;

    public static implicit operator Outcome<T>(T value) => new(value, null);
    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}

/// <summary>Nothing to hand back but that it was done.</summary>
public readonly record struct Done
{
    public static readonly Done It;
}
