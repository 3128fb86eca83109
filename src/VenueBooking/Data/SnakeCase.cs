using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace VenueBooking.Data;

/// <summary>Columns are the snake_case of their properties, and enums are stored as snake_case words.</summary>
sealed class SnakeCaseConvention : IModelFinalizingConvention
{
    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        foreach (var entity in modelBuilder.Metadata.GetEntityTypes())
        {
            if (entity.GetTableName() is { } table)
                entity.SetTableName(SnakeCase.Of(table));
            foreach (var property in entity.GetDeclaredProperties())
                Name(property);
        }
    }

    static void Name(IConventionProperty property)
    {
        // xmin is PostgreSQL's own column; a JSON document's members are not columns.
        if (property.GetColumnName() == "xmin" || property.DeclaringType.IsMappedToJson())
            return;
        property.SetColumnName(SnakeCase.Of(property.GetColumnName()));
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (type.IsEnum && property.GetValueConverter() is null && property.GetProviderClrType() is null && type != typeof(DayOfWeek))
            property.SetValueConverter((ValueConverter)Activator.CreateInstance(typeof(SnakeEnumConverter<>).MakeGenericType(type))!);
    }
}

/// <summary><c>NoShow</c> ↔ <c>no_show</c>.</summary>
sealed class SnakeEnumConverter<T>() : ValueConverter<T, string>(value => SnakeCase.Word(value), text => SnakeCase.Parse<T>(text))
    where T : struct, Enum;

public static class SnakeCase
{
    public static string Of(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var startsWord = char.IsUpper(name[i]) && i > 0 && name[i - 1] != '_'
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord)
                text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }

    /// <summary>The word an enum's value is known by in the database, on the wire and in text keys.</summary>
    public static string Word<T>(T value) where T : struct, Enum => Words<T>.ByValue[value];

    public static T Parse<T>(string word) where T : struct, Enum =>
        Words<T>.ByWord.TryGetValue(word, out var value) ? value : throw new FormatException($"'{word}' is no {typeof(T).Name}");

    public static bool TryParse<T>(string? word, out T value) where T : struct, Enum
    {
        value = default;
        return word is not null && Words<T>.ByWord.TryGetValue(word, out value);
    }

    static class Words<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> ByValue = Enum.GetValues<T>().ToDictionary(v => v, v => Of(v.ToString()));
        public static readonly Dictionary<string, T> ByWord = ByValue.ToDictionary(p => p.Value, p => p.Key);
    }
}
