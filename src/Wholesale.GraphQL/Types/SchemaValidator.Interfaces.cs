using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Types;

// IsValidImplementation() of section 3.6 "Objects", which section 3.7 "Interfaces" shares.
internal sealed partial class SchemaValidator
{
    private void CheckInterfaces(FieldsType type)
    {
        if (type.Interfaces.IsEmpty)
        {
            return;
        }

        var places = new Dictionary<string, Place>();
        foreach (var reference in type.Extensions.Prepend(type.Definition!).Cast<FieldsTypeDefinitionNode>().SelectMany(p => p.Interfaces))
        {
            places.TryAdd(reference.Name.Value, Place.Of(reference));
        }

        var declared = type.Interfaces.ToHashSet();
        foreach (var interfaceType in type.Interfaces)
        {
            var place = places[interfaceType.Name];
            if (interfaceType == type)
            {
                problems.Add(place, type.Name, "An interface cannot implement itself.");
                continue;
            }

            CheckInherited(type, interfaceType, declared, place);
            foreach (var expected in interfaceType.Fields)
            {
                if (type.Field(expected.Name) is { } field)
                {
                    CheckImplementation(field, expected);
                }
                else
                {
                    problems.Add(place, type.Name, $"It implements {interfaceType}, so it needs a field {expected.Name} of type {expected.Type}.");
                }
            }
        }
    }

    private void CheckInherited(FieldsType type, InterfaceType interfaceType, HashSet<InterfaceType> declared, Place place)
    {
        foreach (var inherited in interfaceType.Interfaces)
        {
            if (inherited == type)
            {
                problems.Add(place, type.Name, $"It cannot implement {interfaceType}, because {interfaceType} implements it.");
            }
            else if (!declared.Contains(inherited))
            {
                problems.Add(place, type.Name, $"It implements {interfaceType}, so it has to implement {inherited} too.");
            }
        }
    }

    private void CheckImplementation(FieldDefinition field, FieldDefinition expected)
    {
        if (!IsValidImplementationFieldType(field.Type, expected.Type))
        {
            problems.Add(field, $"{expected} is of type {expected.Type}, and {field.Type} is neither that nor a subtype of it.");
        }

        foreach (var expectedArgument in expected.Arguments)
        {
            var argument = field.Argument(expectedArgument.Name);
            if (argument is null)
            {
                problems.Add(field, $"It needs an argument {expectedArgument.Name} of type {expectedArgument.Type}, as {expected} has.");
            }
            else if (argument.Type != expectedArgument.Type)
            {
                problems.Add(argument, $"{expectedArgument} is of type {expectedArgument.Type}, so this cannot be of type {argument.Type}.");
            }
        }

        foreach (var argument in field.Arguments.Where(a => a.IsRequired && expected.Argument(a.Name) is null))
        {
            problems.Add(argument, $"{expected} has no such argument, so it cannot be required.");
        }

        if (field.DeprecationReason is not null && expected.DeprecationReason is null)
        {
            problems.Add(field, $"{expected} is not deprecated, so this cannot be.");
        }
    }

    private static bool IsValidImplementationFieldType(GraphQLType type, GraphQLType expected) => (type, expected) switch
    {
        (NonNullType nonNull, _) => IsValidImplementationFieldType(nonNull.Nullable, expected.Nullable),
        (ListType list, ListType expectedList) => IsValidImplementationFieldType(list.ItemType, expectedList.ItemType),
        _ => IsSubType(type, expected),
    };

    private static bool IsSubType(GraphQLType type, GraphQLType superType) => type == superType || (type, superType) switch
    {
        (ObjectType member, UnionType union) => union.Types.Contains(member),
        (FieldsType implementing, InterfaceType interfaceType) => implementing.Interfaces.Contains(interfaceType),
        _ => false,
    };
}
