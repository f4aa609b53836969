using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Wholesale.Tests;

/// <summary>
/// The arrows of the house, read from compiled code: a room uses the rooms to its left only. Signatures, method bodies and generic arguments count, so a table of
/// another room reached through WholesaleDb counts, too.
/// </summary>
public sealed class ArchitectureTests
{
    private const string Root = "(root)";

    /// <summary>From left to right; rooms of one group do not see one another.</summary>
    private static readonly string[][] Order = [["Platform"], ["TrustedDocuments", "Companies"], ["Catalog"], ["Pricing", "Inventory"], ["Repricing"], ["Tax", "Credit", "Budgets", "Shipping"], ["Carts"], ["Orders"], ["Reports"], ["Imports"], ["Demo"], ["Migrations", Root]];

    [Fact]
    public void A_room_uses_only_rooms_to_its_left()
    {
        var violations = new SortedSet<string>(StringComparer.Ordinal);

        foreach (var (user, used) in Uses.Of(typeof(WholesaleDb).Assembly.Location, "Wholesale"))
        {
            var (from, to) = (RoomOf(user), RoomOf(used));
            if (from != to && !used.EndsWith("WholesaleDb", StringComparison.Ordinal) && Rank(from) <= Rank(to))
            {
                violations.Add($"{user} uses {used}: {from} may not see {to}.");
            }
        }

        Assert.Empty(violations);
    }

    [Fact]
    public void Every_folder_of_the_product_has_its_place_in_the_order()
    {
        var rooms = Uses.Of(typeof(WholesaleDb).Assembly.Location, "Wholesale").Select(u => RoomOf(u.User)).Distinct();

        Assert.All(rooms, room => Assert.Contains(Order, group => group.Contains(room)));
    }

    [Fact]
    public void The_engine_knows_neither_the_product_nor_a_database()
    {
        var references = typeof(GraphQL.Execution.ResolverMap).Assembly.GetReferencedAssemblies().Select(a => a.Name!).ToList();

        Assert.All(references, name => Assert.True(
            name.StartsWith("System", StringComparison.Ordinal) || name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.Extensions", StringComparison.Ordinal) || name == "Microsoft.Net.Http.Headers",
            $"The engine refers to {name}."));
    }

    [Fact]
    public void The_reader_sees_uses_in_bodies_signatures_and_generic_arguments()
    {
        var uses = Uses.Of(typeof(ArchitectureTests).Assembly.Location, "Wholesale.Tests.Sample").ToHashSet();

        Assert.Contains(("Wholesale.Tests.Sample.User", "Wholesale.Tests.Sample.InBody"), uses);
        Assert.Contains(("Wholesale.Tests.Sample.User", "Wholesale.Tests.Sample.InSignature"), uses);
        Assert.Contains(("Wholesale.Tests.Sample.User", "Wholesale.Tests.Sample.InGeneric"), uses);
        Assert.Contains(("Wholesale.Tests.Sample.User", "Wholesale.Tests.Sample.InLambda"), uses);
        Assert.Contains(("Wholesale.Tests.Sample.User", "Wholesale.Tests.Sample.BehindProperty"), uses);
        Assert.DoesNotContain(("Wholesale.Tests.Sample.User", "Wholesale.Tests.Sample.Unused"), uses);
    }

    private static int Rank(string room) => Array.FindIndex(Order, group => group.Contains(room));

    private static string RoomOf(string type)
    {
        var parts = type.Split('.');
        return parts.Length > 2 && parts[0] == "Wholesale" ? parts[1] : Root;
    }

    /// <summary>Which types of an assembly use which others of it; nested and compiler-made types count as the type they stand in.</summary>
    private sealed class Uses : ISignatureTypeProvider<ImmutableArray<TypeDefinitionHandle>, object?>
    {
        private static readonly Dictionary<int, OpCode> OpCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(o => (int)(ushort)o.Value);

        private readonly MetadataReader reader;
        private readonly PEReader file;
        private readonly HashSet<TypeDefinitionHandle> found = [];

        private Uses(PEReader file)
        {
            this.file = file;
            reader = file.GetMetadataReader();
        }

        public static IEnumerable<(string User, string Used)> Of(string path, string prefix)
        {
            using var assembly = new PEReader(File.OpenRead(path));
            var uses = new Uses(assembly);
            foreach (var handle in uses.reader.TypeDefinitions)
            {
                var user = uses.NameOf(handle);
                if (!user.StartsWith(prefix, StringComparison.Ordinal))
                {
                    continue;
                }

                foreach (var used in uses.By(handle).Select(uses.NameOf).Distinct().Where(n => n != user && n.StartsWith(prefix, StringComparison.Ordinal)))
                {
                    yield return (user, used);
                }
            }
        }

        public ImmutableArray<TypeDefinitionHandle> GetArrayType(ImmutableArray<TypeDefinitionHandle> elementType, ArrayShape shape) => elementType;

        public ImmutableArray<TypeDefinitionHandle> GetByReferenceType(ImmutableArray<TypeDefinitionHandle> elementType) => elementType;

        public ImmutableArray<TypeDefinitionHandle> GetFunctionPointerType(MethodSignature<ImmutableArray<TypeDefinitionHandle>> signature) => Flatten(signature);

        public ImmutableArray<TypeDefinitionHandle> GetGenericInstantiation(
            ImmutableArray<TypeDefinitionHandle> genericType, ImmutableArray<ImmutableArray<TypeDefinitionHandle>> typeArguments) =>
            [.. genericType, .. typeArguments.SelectMany(a => a)];

        public ImmutableArray<TypeDefinitionHandle> GetGenericMethodParameter(object? genericContext, int index) => [];

        public ImmutableArray<TypeDefinitionHandle> GetGenericTypeParameter(object? genericContext, int index) => [];

        public ImmutableArray<TypeDefinitionHandle> GetModifiedType(
            ImmutableArray<TypeDefinitionHandle> modifier, ImmutableArray<TypeDefinitionHandle> unmodifiedType, bool isRequired) => unmodifiedType;

        public ImmutableArray<TypeDefinitionHandle> GetPinnedType(ImmutableArray<TypeDefinitionHandle> elementType) => elementType;

        public ImmutableArray<TypeDefinitionHandle> GetPointerType(ImmutableArray<TypeDefinitionHandle> elementType) => elementType;

        public ImmutableArray<TypeDefinitionHandle> GetPrimitiveType(PrimitiveTypeCode typeCode) => [];

        public ImmutableArray<TypeDefinitionHandle> GetSZArrayType(ImmutableArray<TypeDefinitionHandle> elementType) => elementType;

        public ImmutableArray<TypeDefinitionHandle> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => [handle];

        public ImmutableArray<TypeDefinitionHandle> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => [];

        public ImmutableArray<TypeDefinitionHandle> GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        private static ImmutableArray<TypeDefinitionHandle> Flatten(MethodSignature<ImmutableArray<TypeDefinitionHandle>> signature) =>
            [.. signature.ReturnType, .. signature.ParameterTypes.SelectMany(p => p)];

        private HashSet<TypeDefinitionHandle> By(TypeDefinitionHandle handle)
        {
            found.Clear();
            var type = reader.GetTypeDefinition(handle);
            Add(type.BaseType);
            foreach (var implementation in type.GetInterfaceImplementations())
            {
                Add(reader.GetInterfaceImplementation(implementation).Interface);
            }

            foreach (var field in type.GetFields())
            {
                Add(reader.GetFieldDefinition(field).DecodeSignature(this, null));
            }

            foreach (var method in type.GetMethods())
            {
                var definition = reader.GetMethodDefinition(method);
                Add(Flatten(definition.DecodeSignature(this, null)));
                if (definition.RelativeVirtualAddress != 0)
                {
                    AddBody(file.GetMethodBody(definition.RelativeVirtualAddress));
                }
            }

            return found;
        }

        private void AddBody(MethodBodyBlock body)
        {
            if (!body.LocalSignature.IsNil)
            {
                Add([.. reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(this, null).SelectMany(l => l)]);
            }

            var il = body.GetILReader();
            while (il.RemainingBytes > 0)
            {
                var value = (int)il.ReadByte();
                var code = OpCodes[value == 0xFE ? 0xFE00 | il.ReadByte() : value];
                switch (code.OperandType)
                {
                    case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                        Add(MetadataTokens.EntityHandle(il.ReadInt32()));
                        break;
                    case OperandType.InlineSwitch:
                        var targets = il.ReadInt32();
                        il.Offset += 4 * targets;
                        break;
                    case OperandType.InlineI8 or OperandType.InlineR:
                        il.Offset += 8;
                        break;
                    case OperandType.InlineVar:
                        il.Offset += 2;
                        break;
                    case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                        il.Offset += 1;
                        break;
                    case OperandType.InlineNone:
                        break;
                    default:
                        il.Offset += 4;
                        break;
                }
            }
        }

        private void Add(EntityHandle handle)
        {
            if (handle.IsNil)
            {
                return;
            }

            switch (handle.Kind)
            {
                case HandleKind.TypeDefinition:
                    found.Add((TypeDefinitionHandle)handle);
                    break;
                case HandleKind.TypeSpecification:
                    Add(GetTypeFromSpecification(reader, null, (TypeSpecificationHandle)handle, 0));
                    break;
                case HandleKind.FieldDefinition:
                    var field = reader.GetFieldDefinition((FieldDefinitionHandle)handle);
                    found.Add(field.GetDeclaringType());
                    Add(field.DecodeSignature(this, null));
                    break;
                case HandleKind.MethodDefinition:
                    var method = reader.GetMethodDefinition((MethodDefinitionHandle)handle);
                    found.Add(method.GetDeclaringType());
                    Add(Flatten(method.DecodeSignature(this, null)));
                    break;
                case HandleKind.MethodSpecification:
                    var specification = reader.GetMethodSpecification((MethodSpecificationHandle)handle);
                    Add(specification.Method);
                    Add([.. specification.DecodeSignature(this, null).SelectMany(a => a)]);
                    break;
                case HandleKind.MemberReference:
                    var member = reader.GetMemberReference((MemberReferenceHandle)handle);
                    Add(member.Parent);
                    Add(member.GetKind() == MemberReferenceKind.Field ? member.DecodeFieldSignature(this, null) : Flatten(member.DecodeMethodSignature(this, null)));
                    break;
            }
        }

        private void Add(ImmutableArray<TypeDefinitionHandle> handles) => found.UnionWith(handles);

        private string NameOf(TypeDefinitionHandle handle)
        {
            var type = reader.GetTypeDefinition(handle);
            while (type.IsNested)
            {
                type = reader.GetTypeDefinition(type.GetDeclaringType());
            }

            return $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
        }
    }
}
