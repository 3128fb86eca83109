using System.Reflection;
using System.Reflection.Emit;

namespace VenueBooking.Tests.Guards;

/// <summary>What a compiled type mentions: in its shape, and in the code of its methods.</summary>
static class Compiled
{
    const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
    const int TwoBytes = 0xFE;

    static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(code => (int)(ushort)code.Value);

    public static IReadOnlyList<Type> Types { get; } = typeof(Program).Assembly.GetTypes();

    public static IEnumerable<Type> TypesIn(Type type) =>
        Shape(type).Concat(Methods(type).SelectMany(Mentions).SelectMany(TypesOf)).SelectMany(Parts).Distinct();

    public static IEnumerable<MemberInfo> MembersIn(Type type) => Methods(type).SelectMany(Mentions);

    static IEnumerable<MethodBase> Methods(Type type) => type.GetMethods(All).Concat<MethodBase>(type.GetConstructors(All));

    static IEnumerable<Type> Shape(Type type) =>
    [
        .. type.BaseType is { } parent ? [parent] : Type.EmptyTypes,
        .. type.GetInterfaces(),
        .. type.GetFields(All).Select(f => f.FieldType),
        .. type.GetProperties(All).Select(p => p.PropertyType),
        .. type.GetCustomAttributesData().Select(a => a.AttributeType),
        .. Methods(type).SelectMany(m => m.GetParameters()).Select(p => p.ParameterType),
        .. type.GetMethods(All).Select(m => m.ReturnType),
    ];

    static IEnumerable<Type> TypesOf(MemberInfo member) => member switch
    {
        Type type => [type],
        MethodInfo { IsGenericMethod: true } method => [method.DeclaringType!, .. method.GetGenericArguments()],
        _ => member.DeclaringType is { } declaring ? [declaring] : [],
    };

    /// <summary>A list of arrays of slots mentions slots.</summary>
    static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericType && !type.IsGenericTypeDefinition ? [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Parts)]
        : type.IsGenericParameter ? [] : [type];

    static IEnumerable<MemberInfo> Mentions(MethodBase method)
    {
        var body = method.GetMethodBody();
        if (body?.GetILAsByteArray() is not { } code)
            yield break;
        foreach (var local in body.LocalVariables)
            yield return local.LocalType;
        var ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length;)
        {
            var instruction = Codes[code[at] == TwoBytes ? (TwoBytes << 8) | code[at + 1] : code[at]];
            at += instruction.Size;
            if (instruction.OperandType is OperandType.InlineMethod or OperandType.InlineType or OperandType.InlineField or OperandType.InlineTok)
                yield return method.Module.ResolveMember(BitConverter.ToInt32(code, at), ofType, ofMethod)!;
            at += Length(instruction.OperandType, code, at);
        }
    }

    static int Length(OperandType operand, byte[] code, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
        _ => 4,
    };
}
