using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wholesale.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ApiKeys",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    Hash = table.Column<byte[]>(type: "binary(32)", fixedLength: true, maxLength: 32, nullable: false),
                    Prefix = table.Column<string>(type: "varchar(12)", unicode: false, maxLength: 12, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Name = table.Column<string>(type: "varchar(300)", unicode: false, maxLength: 100, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Kind = table.Column<byte>(type: "tinyint", nullable: false),
                    CompanyUserId = table.Column<long>(type: "bigint", nullable: true),
                    Permissions = table.Column<long>(type: "bigint", nullable: false, comment: "One bit a permission."),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    ExpiresAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    RevokedAt = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ApiKeys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CatalogLocales",
                columns: table => new
                {
                    Locale = table.Column<string>(type: "varchar(35)", unicode: false, maxLength: 35, nullable: false, collation: "Latin1_General_100_BIN2_UTF8")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CatalogLocales", x => x.Locale);
                });

            migrationBuilder.CreateTable(
                name: "CatalogViews",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    ExternalId = table.Column<string>(type: "varchar(192)", unicode: false, maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CatalogViews", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Categories",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    ExternalId = table.Column<string>(type: "varchar(192)", unicode: false, maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    ParentId = table.Column<long>(type: "bigint", nullable: true),
                    Path = table.Column<string>(type: "varchar(401)", unicode: false, maxLength: 401, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Position = table.Column<int>(type: "int", nullable: false),
                    SourceRevision = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Categories", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Categories_Categories_ParentId",
                        column: x => x.ParentId,
                        principalTable: "Categories",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "CustomerSegments",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    ExternalId = table.Column<string>(type: "varchar(192)", unicode: false, maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Rule = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CustomerSegments", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CustomerTiers",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    ExternalId = table.Column<string>(type: "varchar(192)", unicode: false, maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Rank = table.Column<int>(type: "int", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CustomerTiers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Events",
                columns: table => new
                {
                    Number = table.Column<long>(type: "bigint", nullable: false),
                    Type = table.Column<string>(type: "varchar(64)", unicode: false, maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    SubjectId = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    ActorKind = table.Column<byte>(type: "tinyint", nullable: false),
                    ActorId = table.Column<long>(type: "bigint", nullable: false),
                    OnBehalfOf = table.Column<long>(type: "bigint", nullable: true),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    TraceId = table.Column<string>(type: "varchar(32)", unicode: false, maxLength: 32, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    Data = table.Column<string>(type: "varchar(max)", unicode: false, nullable: true, collation: "Latin1_General_100_BIN2_UTF8")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Events", x => x.Number);
                });

            migrationBuilder.CreateTable(
                name: "Markets",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    ExternalId = table.Column<string>(type: "varchar(192)", unicode: false, maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Currency = table.Column<string>(type: "char(3)", unicode: false, fixedLength: true, maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    PricePolicy = table.Column<byte>(type: "tinyint", nullable: false),
                    RoundingMode = table.Column<byte>(type: "tinyint", nullable: false),
                    RoundingLevel = table.Column<byte>(type: "tinyint", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Markets", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PriceChangeSets",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    ExternalId = table.Column<string>(type: "varchar(192)", unicode: false, maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Status = table.Column<byte>(type: "tinyint", nullable: false),
                    EffectiveAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Until = table.Column<DateTime>(type: "datetime2", nullable: true),
                    LineCount = table.Column<int>(type: "int", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PriceChangeSets", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PriceLists",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    ExternalId = table.Column<string>(type: "varchar(192)", unicode: false, maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Currency = table.Column<string>(type: "char(3)", unicode: false, fixedLength: true, maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    IsActive = table.Column<bool>(type: "bit", nullable: false),
                    IsDerived = table.Column<bool>(type: "bit", nullable: false),
                    HasQuantityTerms = table.Column<bool>(type: "bit", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    PriceVersion = table.Column<long>(type: "bigint", nullable: false),
                    LastPriceVersion = table.Column<long>(type: "bigint", nullable: false),
                    WriterId = table.Column<long>(type: "bigint", nullable: true),
                    WriterUntil = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PriceLists", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PriceListTurns",
                columns: table => new
                {
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    PriceListId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PriceListTurns", x => new { x.At, x.PriceListId });
                });

            migrationBuilder.CreateTable(
                name: "StoredAnswers",
                columns: table => new
                {
                    Caller = table.Column<string>(type: "varchar(32)", unicode: false, maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Key = table.Column<string>(type: "varchar(255)", unicode: false, maxLength: 255, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    RequestHash = table.Column<byte[]>(type: "varbinary(64)", maxLength: 64, nullable: false),
                    Status = table.Column<int>(type: "int", nullable: false),
                    ContentType = table.Column<string>(type: "varchar(100)", unicode: false, maxLength: 100, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Body = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StoredAnswers", x => new { x.Caller, x.Key })
                        .Annotation("SqlServer:Clustered", false);
                });

            migrationBuilder.CreateTable(
                name: "TrustedDocuments",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    DocumentId = table.Column<string>(type: "varchar(71)", unicode: false, maxLength: 71, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Text = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Operations = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TrustedDocuments", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CatalogViewAssignments",
                columns: table => new
                {
                    ViewId = table.Column<long>(type: "bigint", nullable: false),
                    AssigneeId = table.Column<long>(type: "bigint", nullable: false),
                    Level = table.Column<byte>(type: "tinyint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CatalogViewAssignments", x => new { x.ViewId, x.AssigneeId });
                    table.ForeignKey(
                        name: "FK_CatalogViewAssignments_CatalogViews_ViewId",
                        column: x => x.ViewId,
                        principalTable: "CatalogViews",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "CatalogViewRules",
                columns: table => new
                {
                    ViewId = table.Column<long>(type: "bigint", nullable: false),
                    Position = table.Column<int>(type: "int", nullable: false),
                    Action = table.Column<byte>(type: "tinyint", nullable: false),
                    CategoryId = table.Column<long>(type: "bigint", nullable: true),
                    AttributeCode = table.Column<string>(type: "varchar(192)", unicode: false, maxLength: 64, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    AttributeValue = table.Column<string>(type: "varchar(1500)", unicode: false, maxLength: 500, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    AttributeUnit = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    Sku = table.Column<string>(type: "varchar(192)", unicode: false, maxLength: 64, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    ProductId = table.Column<long>(type: "bigint", nullable: true),
                    VariantId = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CatalogViewRules", x => new { x.ViewId, x.Position });
                    table.ForeignKey(
                        name: "FK_CatalogViewRules_CatalogViews_ViewId",
                        column: x => x.ViewId,
                        principalTable: "CatalogViews",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_CatalogViewRules_Categories_CategoryId",
                        column: x => x.CategoryId,
                        principalTable: "Categories",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "CategoryTexts",
                columns: table => new
                {
                    CategoryId = table.Column<long>(type: "bigint", nullable: false),
                    Locale = table.Column<string>(type: "varchar(35)", unicode: false, maxLength: 35, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2_UTF8")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CategoryTexts", x => new { x.CategoryId, x.Locale });
                    table.ForeignKey(
                        name: "FK_CategoryTexts_Categories_CategoryId",
                        column: x => x.CategoryId,
                        principalTable: "Categories",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Products",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    Sku = table.Column<string>(type: "varchar(192)", unicode: false, maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Brand = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    Kind = table.Column<byte>(type: "tinyint", nullable: false),
                    Status = table.Column<byte>(type: "tinyint", nullable: false),
                    PublishedFrom = table.Column<DateTime>(type: "datetime2", nullable: true),
                    PublishedTo = table.Column<DateTime>(type: "datetime2", nullable: true),
                    PublishedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CategoryId = table.Column<long>(type: "bigint", nullable: true),
                    IsExclusive = table.Column<bool>(type: "bit", nullable: false),
                    SourceRevision = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    UpdatedAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Products", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Products_Categories_CategoryId",
                        column: x => x.CategoryId,
                        principalTable: "Categories",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Companies",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    ExternalId = table.Column<string>(type: "varchar(192)", unicode: false, maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    NameKey = table.Column<string>(type: "varchar(600)", unicode: false, maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    BusinessType = table.Column<byte>(type: "tinyint", nullable: true),
                    Industry = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    Country = table.Column<string>(type: "char(2)", unicode: false, fixedLength: true, maxLength: 2, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    Region = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    Employees = table.Column<int>(type: "int", nullable: true),
                    Verification = table.Column<byte>(type: "tinyint", nullable: false),
                    TierId = table.Column<long>(type: "bigint", nullable: true),
                    MarketId = table.Column<long>(type: "bigint", nullable: true),
                    Currency = table.Column<string>(type: "char(3)", unicode: false, fixedLength: true, maxLength: 3, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    Locale = table.Column<string>(type: "varchar(35)", unicode: false, maxLength: 35, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    SourceRevision = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    UpdatedAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Companies", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Companies_CustomerTiers_TierId",
                        column: x => x.TierId,
                        principalTable: "CustomerTiers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Companies_Markets_MarketId",
                        column: x => x.MarketId,
                        principalTable: "Markets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PriceChangeLines",
                columns: table => new
                {
                    PriceChangeSetId = table.Column<long>(type: "bigint", nullable: false),
                    PriceListId = table.Column<long>(type: "bigint", nullable: false),
                    VariantId = table.Column<long>(type: "bigint", nullable: false),
                    MinimumQuantity = table.Column<long>(type: "bigint", nullable: false, comment: "Thousandths of the unit of measure."),
                    UnitPrice = table.Column<long>(type: "bigint", nullable: true, comment: "1/10,000 of the currency's unit."),
                    IsKept = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PriceChangeLines", x => new { x.PriceChangeSetId, x.PriceListId, x.VariantId, x.MinimumQuantity });
                    table.ForeignKey(
                        name: "FK_PriceChangeLines_PriceChangeSets_PriceChangeSetId",
                        column: x => x.PriceChangeSetId,
                        principalTable: "PriceChangeSets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PriceChangeSetVersions",
                columns: table => new
                {
                    PriceChangeSetId = table.Column<long>(type: "bigint", nullable: false),
                    PriceListId = table.Column<long>(type: "bigint", nullable: false),
                    PriceVersion = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PriceChangeSetVersions", x => new { x.PriceChangeSetId, x.PriceListId });
                    table.ForeignKey(
                        name: "FK_PriceChangeSetVersions_PriceChangeSets_PriceChangeSetId",
                        column: x => x.PriceChangeSetId,
                        principalTable: "PriceChangeSets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PriceListAdjustments",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    PriceListId = table.Column<long>(type: "bigint", nullable: false),
                    ParentId = table.Column<long>(type: "bigint", nullable: false),
                    Position = table.Column<int>(type: "int", nullable: false),
                    CategoryId = table.Column<long>(type: "bigint", nullable: true),
                    BasisPoints = table.Column<int>(type: "int", nullable: false, comment: "1/100 per cent."),
                    Amount = table.Column<long>(type: "bigint", nullable: false, comment: "1/10,000 of the currency's unit."),
                    ValidFrom = table.Column<DateTime>(type: "datetime2", nullable: false),
                    ValidTo = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PriceListAdjustments", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PriceListAdjustments_Categories_CategoryId",
                        column: x => x.CategoryId,
                        principalTable: "Categories",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PriceListAdjustments_PriceLists_ParentId",
                        column: x => x.ParentId,
                        principalTable: "PriceLists",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PriceListAdjustments_PriceLists_PriceListId",
                        column: x => x.PriceListId,
                        principalTable: "PriceLists",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PriceListAssignments",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    PriceListId = table.Column<long>(type: "bigint", nullable: false),
                    Level = table.Column<byte>(type: "tinyint", nullable: false),
                    AssigneeId = table.Column<long>(type: "bigint", nullable: false),
                    Priority = table.Column<int>(type: "int", nullable: false),
                    ValidFrom = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ValidTo = table.Column<DateTime>(type: "datetime2", nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PriceListAssignments", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PriceListAssignments_PriceLists_PriceListId",
                        column: x => x.PriceListId,
                        principalTable: "PriceLists",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PriceListEntries",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    PriceListId = table.Column<long>(type: "bigint", nullable: false),
                    VariantId = table.Column<long>(type: "bigint", nullable: false),
                    MinimumQuantity = table.Column<long>(type: "bigint", nullable: false, comment: "Thousandths of the unit of measure."),
                    UnitPrice = table.Column<long>(type: "bigint", nullable: true, comment: "1/10,000 of the currency's unit."),
                    ValidFrom = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ValidTo = table.Column<DateTime>(type: "datetime2", nullable: true),
                    FromVersion = table.Column<long>(type: "bigint", nullable: false),
                    ToVersion = table.Column<long>(type: "bigint", nullable: true),
                    SourceRevision = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PriceListEntries", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PriceListEntries_PriceLists_PriceListId",
                        column: x => x.PriceListId,
                        principalTable: "PriceLists",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PriceListQuantityTerms",
                columns: table => new
                {
                    PriceListId = table.Column<long>(type: "bigint", nullable: false),
                    VariantId = table.Column<long>(type: "bigint", nullable: false),
                    Minimum = table.Column<long>(type: "bigint", nullable: true, comment: "Thousandths of the unit of measure."),
                    Maximum = table.Column<long>(type: "bigint", nullable: true, comment: "Thousandths of the unit of measure."),
                    Increment = table.Column<long>(type: "bigint", nullable: true, comment: "Thousandths of the unit of measure."),
                    BreakGroup = table.Column<string>(type: "varchar(192)", unicode: false, maxLength: 64, nullable: true, collation: "Latin1_General_100_BIN2_UTF8")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PriceListQuantityTerms", x => new { x.PriceListId, x.VariantId });
                    table.ForeignKey(
                        name: "FK_PriceListQuantityTerms_PriceLists_PriceListId",
                        column: x => x.PriceListId,
                        principalTable: "PriceLists",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PriceSimulations",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    PriceListId = table.Column<long>(type: "bigint", nullable: true),
                    PriceChangeSetId = table.Column<long>(type: "bigint", nullable: true),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Status = table.Column<byte>(type: "tinyint", nullable: false),
                    Progress = table.Column<int>(type: "int", nullable: false),
                    LeaseUntil = table.Column<DateTime>(type: "datetime2", nullable: false),
                    FinishedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Outcome = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    Failure = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true, collation: "Latin1_General_100_BIN2_UTF8")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PriceSimulations", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PriceSimulations_PriceChangeSets_PriceChangeSetId",
                        column: x => x.PriceChangeSetId,
                        principalTable: "PriceChangeSets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PriceSimulations_PriceLists_PriceListId",
                        column: x => x.PriceListId,
                        principalTable: "PriceLists",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "CatalogViewProducts",
                columns: table => new
                {
                    ViewId = table.Column<long>(type: "bigint", nullable: false),
                    ProductId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CatalogViewProducts", x => new { x.ViewId, x.ProductId });
                    table.ForeignKey(
                        name: "FK_CatalogViewProducts_CatalogViews_ViewId",
                        column: x => x.ViewId,
                        principalTable: "CatalogViews",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_CatalogViewProducts_Products_ProductId",
                        column: x => x.ProductId,
                        principalTable: "Products",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ProductAttributes",
                columns: table => new
                {
                    OwnerId = table.Column<long>(type: "bigint", nullable: false),
                    Position = table.Column<int>(type: "int", nullable: false),
                    ProductId = table.Column<long>(type: "bigint", nullable: false),
                    Code = table.Column<string>(type: "varchar(192)", unicode: false, maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Value = table.Column<string>(type: "varchar(1500)", unicode: false, maxLength: 500, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Unit = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: true, collation: "Latin1_General_100_BIN2_UTF8")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProductAttributes", x => new { x.OwnerId, x.Position });
                    table.ForeignKey(
                        name: "FK_ProductAttributes_Products_ProductId",
                        column: x => x.ProductId,
                        principalTable: "Products",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ProductDocuments",
                columns: table => new
                {
                    ProductId = table.Column<long>(type: "bigint", nullable: false),
                    Position = table.Column<int>(type: "int", nullable: false),
                    Url = table.Column<string>(type: "varchar(2048)", unicode: false, maxLength: 2048, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Title = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Kind = table.Column<byte>(type: "tinyint", nullable: false),
                    Locale = table.Column<string>(type: "varchar(35)", unicode: false, maxLength: 35, nullable: true, collation: "Latin1_General_100_BIN2_UTF8")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProductDocuments", x => new { x.ProductId, x.Position });
                    table.ForeignKey(
                        name: "FK_ProductDocuments_Products_ProductId",
                        column: x => x.ProductId,
                        principalTable: "Products",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ProductMedia",
                columns: table => new
                {
                    ProductId = table.Column<long>(type: "bigint", nullable: false),
                    Position = table.Column<int>(type: "int", nullable: false),
                    Url = table.Column<string>(type: "varchar(2048)", unicode: false, maxLength: 2048, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Alt = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    Kind = table.Column<byte>(type: "tinyint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProductMedia", x => new { x.ProductId, x.Position });
                    table.ForeignKey(
                        name: "FK_ProductMedia_Products_ProductId",
                        column: x => x.ProductId,
                        principalTable: "Products",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ProductTexts",
                columns: table => new
                {
                    ProductId = table.Column<long>(type: "bigint", nullable: false),
                    Locale = table.Column<string>(type: "varchar(35)", unicode: false, maxLength: 35, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    NameKey = table.Column<string>(type: "varchar(600)", unicode: false, maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Description = table.Column<string>(type: "nvarchar(max)", nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    SourceLocale = table.Column<string>(type: "varchar(35)", unicode: false, maxLength: 35, nullable: false, collation: "Latin1_General_100_BIN2_UTF8")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProductTexts", x => new { x.ProductId, x.Locale });
                    table.ForeignKey(
                        name: "FK_ProductTexts_Products_ProductId",
                        column: x => x.ProductId,
                        principalTable: "Products",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Variants",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    ProductId = table.Column<long>(type: "bigint", nullable: false),
                    CategoryId = table.Column<long>(type: "bigint", nullable: true),
                    Sku = table.Column<string>(type: "varchar(192)", unicode: false, maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Position = table.Column<int>(type: "int", nullable: false),
                    UnitOfMeasure = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    QuantityIncrement = table.Column<long>(type: "bigint", nullable: false, comment: "Thousandths of the unit of measure."),
                    MinimumQuantity = table.Column<long>(type: "bigint", nullable: true, comment: "Thousandths of the unit of measure."),
                    MaximumQuantity = table.Column<long>(type: "bigint", nullable: true, comment: "Thousandths of the unit of measure."),
                    Gtin = table.Column<string>(type: "varchar(14)", unicode: false, maxLength: 14, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    PublishedFrom = table.Column<DateTime>(type: "datetime2", nullable: true),
                    PublishedTo = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Variants", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Variants_Products_ProductId",
                        column: x => x.ProductId,
                        principalTable: "Products",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "CompanyUnits",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    CompanyId = table.Column<long>(type: "bigint", nullable: false),
                    ExternalId = table.Column<string>(type: "varchar(192)", unicode: false, maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    ParentId = table.Column<long>(type: "bigint", nullable: true),
                    Path = table.Column<string>(type: "varchar(401)", unicode: false, maxLength: 401, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    MarketId = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CompanyUnits", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CompanyUnits_Companies_CompanyId",
                        column: x => x.CompanyId,
                        principalTable: "Companies",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_CompanyUnits_CompanyUnits_ParentId",
                        column: x => x.ParentId,
                        principalTable: "CompanyUnits",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_CompanyUnits_Markets_MarketId",
                        column: x => x.MarketId,
                        principalTable: "Markets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "CustomerSegmentMembers",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    SegmentId = table.Column<long>(type: "bigint", nullable: false),
                    CompanyId = table.Column<long>(type: "bigint", nullable: false),
                    ValidFrom = table.Column<DateTime>(type: "datetime2", nullable: false),
                    ValidTo = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CustomerSegmentMembers", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CustomerSegmentMembers_Companies_CompanyId",
                        column: x => x.CompanyId,
                        principalTable: "Companies",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_CustomerSegmentMembers_CustomerSegments_SegmentId",
                        column: x => x.SegmentId,
                        principalTable: "CustomerSegments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ProductCompanies",
                columns: table => new
                {
                    ProductId = table.Column<long>(type: "bigint", nullable: false),
                    CompanyId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProductCompanies", x => new { x.ProductId, x.CompanyId });
                    table.ForeignKey(
                        name: "FK_ProductCompanies_Companies_CompanyId",
                        column: x => x.CompanyId,
                        principalTable: "Companies",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ProductCompanies_Products_ProductId",
                        column: x => x.ProductId,
                        principalTable: "Products",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "CatalogViewHiddenVariants",
                columns: table => new
                {
                    ViewId = table.Column<long>(type: "bigint", nullable: false),
                    VariantId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CatalogViewHiddenVariants", x => new { x.ViewId, x.VariantId });
                    table.ForeignKey(
                        name: "FK_CatalogViewHiddenVariants_CatalogViews_ViewId",
                        column: x => x.ViewId,
                        principalTable: "CatalogViews",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_CatalogViewHiddenVariants_Variants_VariantId",
                        column: x => x.VariantId,
                        principalTable: "Variants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "PackagingLevels",
                columns: table => new
                {
                    VariantId = table.Column<long>(type: "bigint", nullable: false),
                    Code = table.Column<string>(type: "varchar(60)", unicode: false, maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    Contains = table.Column<long>(type: "bigint", nullable: false, comment: "Thousandths of the unit of measure."),
                    Gtin = table.Column<string>(type: "varchar(14)", unicode: false, maxLength: 14, nullable: true, collation: "Latin1_General_100_BIN2_UTF8")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PackagingLevels", x => new { x.VariantId, x.Code });
                    table.ForeignKey(
                        name: "FK_PackagingLevels_Variants_VariantId",
                        column: x => x.VariantId,
                        principalTable: "Variants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "CompanyUsers",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    CompanyId = table.Column<long>(type: "bigint", nullable: false),
                    ExternalId = table.Column<string>(type: "varchar(192)", unicode: false, maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Email = table.Column<string>(type: "nvarchar(254)", maxLength: 254, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    EmailKey = table.Column<string>(type: "varchar(762)", unicode: false, maxLength: 254, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Role = table.Column<byte>(type: "tinyint", nullable: false),
                    UnitId = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CompanyUsers", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CompanyUsers_Companies_CompanyId",
                        column: x => x.CompanyId,
                        principalTable: "Companies",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_CompanyUsers_CompanyUnits_UnitId",
                        column: x => x.UnitId,
                        principalTable: "CompanyUnits",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AccessTokens",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    Hash = table.Column<byte[]>(type: "binary(32)", fixedLength: true, maxLength: 32, nullable: false),
                    CompanyUserId = table.Column<long>(type: "bigint", nullable: false),
                    CreatedByKeyId = table.Column<long>(type: "bigint", nullable: false),
                    ExpiresAt = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccessTokens", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AccessTokens_ApiKeys_CreatedByKeyId",
                        column: x => x.CreatedByKeyId,
                        principalTable: "ApiKeys",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AccessTokens_CompanyUsers_CompanyUserId",
                        column: x => x.CompanyUserId,
                        principalTable: "CompanyUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "UserLogins",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    CompanyUserId = table.Column<long>(type: "bigint", nullable: false),
                    CompanyId = table.Column<long>(type: "bigint", nullable: false),
                    Issuer = table.Column<string>(type: "varchar(200)", unicode: false, maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    Subject = table.Column<string>(type: "varchar(255)", unicode: false, maxLength: 255, nullable: false, collation: "Latin1_General_100_BIN2_UTF8")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UserLogins", x => x.Id);
                    table.ForeignKey(
                        name: "FK_UserLogins_Companies_CompanyId",
                        column: x => x.CompanyId,
                        principalTable: "Companies",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_UserLogins_CompanyUsers_CompanyUserId",
                        column: x => x.CompanyUserId,
                        principalTable: "CompanyUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AccessTokens_CompanyUserId",
                table: "AccessTokens",
                column: "CompanyUserId");

            migrationBuilder.CreateIndex(
                name: "IX_AccessTokens_CreatedByKeyId",
                table: "AccessTokens",
                column: "CreatedByKeyId");

            migrationBuilder.CreateIndex(
                name: "IX_AccessTokens_expired_tokens",
                table: "AccessTokens",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_AccessTokens_Hash",
                table: "AccessTokens",
                column: "Hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ApiKeys_Hash",
                table: "ApiKeys",
                column: "Hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ApiKeys_keys_of_a_user",
                table: "ApiKeys",
                columns: new[] { "CompanyUserId", "Name" });

            migrationBuilder.CreateIndex(
                name: "IX_CatalogViewAssignments_views_of_an_assignee",
                table: "CatalogViewAssignments",
                column: "AssigneeId");

            migrationBuilder.CreateIndex(
                name: "IX_CatalogViewHiddenVariants_views_that_hide_a_variant",
                table: "CatalogViewHiddenVariants",
                column: "VariantId");

            migrationBuilder.CreateIndex(
                name: "IX_CatalogViewProducts_views_of_a_product",
                table: "CatalogViewProducts",
                column: "ProductId");

            migrationBuilder.CreateIndex(
                name: "IX_CatalogViewRules_CategoryId",
                table: "CatalogViewRules",
                column: "CategoryId");

            migrationBuilder.CreateIndex(
                name: "IX_CatalogViews_ExternalId",
                table: "CatalogViews",
                column: "ExternalId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Categories_children_of_a_category",
                table: "Categories",
                column: "ParentId");

            migrationBuilder.CreateIndex(
                name: "IX_Categories_ExternalId",
                table: "Categories",
                column: "ExternalId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Categories_Path",
                table: "Categories",
                column: "Path",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Companies_companies_by_name",
                table: "Companies",
                columns: new[] { "NameKey", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Companies_ExternalId",
                table: "Companies",
                column: "ExternalId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Companies_MarketId",
                table: "Companies",
                column: "MarketId");

            migrationBuilder.CreateIndex(
                name: "IX_Companies_TierId",
                table: "Companies",
                column: "TierId");

            migrationBuilder.CreateIndex(
                name: "IX_CompanyUnits_children_of_a_unit",
                table: "CompanyUnits",
                column: "ParentId");

            migrationBuilder.CreateIndex(
                name: "IX_CompanyUnits_CompanyId_ExternalId",
                table: "CompanyUnits",
                columns: new[] { "CompanyId", "ExternalId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CompanyUnits_MarketId",
                table: "CompanyUnits",
                column: "MarketId");

            migrationBuilder.CreateIndex(
                name: "IX_CompanyUsers_CompanyId_ExternalId",
                table: "CompanyUsers",
                columns: new[] { "CompanyId", "ExternalId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CompanyUsers_EmailKey",
                table: "CompanyUsers",
                column: "EmailKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CompanyUsers_UnitId",
                table: "CompanyUsers",
                column: "UnitId");

            migrationBuilder.CreateIndex(
                name: "IX_CustomerSegmentMembers_present_members_of_a_segment",
                table: "CustomerSegmentMembers",
                columns: new[] { "SegmentId", "CompanyId" },
                unique: true,
                filter: "[ValidTo] IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_CustomerSegmentMembers_segments_of_a_company",
                table: "CustomerSegmentMembers",
                column: "CompanyId");

            migrationBuilder.CreateIndex(
                name: "IX_CustomerSegments_ExternalId",
                table: "CustomerSegments",
                column: "ExternalId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CustomerTiers_ExternalId",
                table: "CustomerTiers",
                column: "ExternalId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Events_what_happened_of_a_type",
                table: "Events",
                columns: new[] { "Type", "Number" })
                .Annotation("SqlServer:Include", new[] { "SubjectId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_Events_what_happened_to_a_subject",
                table: "Events",
                columns: new[] { "SubjectId", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_Markets_ExternalId",
                table: "Markets",
                column: "ExternalId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PriceChangeSets_ExternalId",
                table: "PriceChangeSets",
                column: "ExternalId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PriceChangeSets_sets_that_are_due",
                table: "PriceChangeSets",
                columns: new[] { "Status", "EffectiveAt" });

            migrationBuilder.CreateIndex(
                name: "IX_PriceListAdjustments_adjustments_of_a_list",
                table: "PriceListAdjustments",
                column: "PriceListId");

            migrationBuilder.CreateIndex(
                name: "IX_PriceListAdjustments_CategoryId",
                table: "PriceListAdjustments",
                column: "CategoryId");

            migrationBuilder.CreateIndex(
                name: "IX_PriceListAdjustments_ParentId",
                table: "PriceListAdjustments",
                column: "ParentId");

            migrationBuilder.CreateIndex(
                name: "IX_PriceListAssignments_assignees_of_a_list",
                table: "PriceListAssignments",
                column: "PriceListId");

            migrationBuilder.CreateIndex(
                name: "IX_PriceListAssignments_lists_of_an_assignee",
                table: "PriceListAssignments",
                column: "AssigneeId");

            migrationBuilder.CreateIndex(
                name: "IX_PriceListEntries_prices_begun_by_a_version",
                table: "PriceListEntries",
                columns: new[] { "PriceListId", "FromVersion" })
                .Annotation("SqlServer:Include", new[] { "VariantId" });

            migrationBuilder.CreateIndex(
                name: "IX_PriceListEntries_prices_ended_by_a_version",
                table: "PriceListEntries",
                columns: new[] { "PriceListId", "ToVersion" },
                filter: "[ToVersion] IS NOT NULL")
                .Annotation("SqlServer:Include", new[] { "VariantId" });

            migrationBuilder.CreateIndex(
                name: "IX_PriceListEntries_prices_of_variants",
                table: "PriceListEntries",
                columns: new[] { "PriceListId", "VariantId", "FromVersion" })
                .Annotation("SqlServer:Include", new[] { "ToVersion", "MinimumQuantity", "UnitPrice", "ValidFrom", "ValidTo" });

            migrationBuilder.CreateIndex(
                name: "IX_PriceListEntries_prices_that_begin",
                table: "PriceListEntries",
                columns: new[] { "PriceListId", "ValidFrom", "FromVersion" },
                filter: "[ValidFrom] IS NOT NULL")
                .Annotation("SqlServer:Include", new[] { "VariantId", "ToVersion", "UnitPrice" });

            migrationBuilder.CreateIndex(
                name: "IX_PriceListEntries_prices_that_end",
                table: "PriceListEntries",
                columns: new[] { "PriceListId", "ValidTo", "FromVersion" },
                filter: "[ValidTo] IS NOT NULL")
                .Annotation("SqlServer:Include", new[] { "VariantId", "ToVersion", "UnitPrice" });

            migrationBuilder.CreateIndex(
                name: "IX_PriceLists_ExternalId",
                table: "PriceLists",
                column: "ExternalId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PriceLists_unfinished_imports",
                table: "PriceLists",
                column: "WriterId",
                filter: "[WriterId] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_PriceSimulations_PriceChangeSetId",
                table: "PriceSimulations",
                column: "PriceChangeSetId");

            migrationBuilder.CreateIndex(
                name: "IX_PriceSimulations_PriceListId",
                table: "PriceSimulations",
                column: "PriceListId");

            migrationBuilder.CreateIndex(
                name: "IX_PriceSimulations_simulations_by_age",
                table: "PriceSimulations",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_ProductAttributes_ProductId",
                table: "ProductAttributes",
                column: "ProductId");

            migrationBuilder.CreateIndex(
                name: "IX_ProductAttributes_products_with_an_attribute",
                table: "ProductAttributes",
                columns: new[] { "Code", "Value", "ProductId" });

            migrationBuilder.CreateIndex(
                name: "IX_ProductCompanies_CompanyId",
                table: "ProductCompanies",
                column: "CompanyId");

            migrationBuilder.CreateIndex(
                name: "IX_Products_newest_products",
                table: "Products",
                columns: new[] { "PublishedAt", "Id" },
                descending: new bool[0]);

            migrationBuilder.CreateIndex(
                name: "IX_Products_products_of_a_category",
                table: "Products",
                column: "CategoryId");

            migrationBuilder.CreateIndex(
                name: "IX_Products_products_to_be_published",
                table: "Products",
                column: "PublishedFrom",
                filter: "[PublishedFrom] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Products_products_to_be_withdrawn",
                table: "Products",
                column: "PublishedTo",
                filter: "[PublishedTo] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Products_Sku",
                table: "Products",
                column: "Sku",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ProductTexts_products_by_name",
                table: "ProductTexts",
                columns: new[] { "Locale", "NameKey", "ProductId" });

            migrationBuilder.CreateIndex(
                name: "IX_StoredAnswers_answers_by_age",
                table: "StoredAnswers",
                column: "CreatedAt")
                .Annotation("SqlServer:Clustered", true);

            migrationBuilder.CreateIndex(
                name: "IX_TrustedDocuments_DocumentId",
                table: "TrustedDocuments",
                column: "DocumentId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_UserLogins_CompanyId",
                table: "UserLogins",
                column: "CompanyId");

            migrationBuilder.CreateIndex(
                name: "IX_UserLogins_CompanyUserId",
                table: "UserLogins",
                column: "CompanyUserId");

            migrationBuilder.CreateIndex(
                name: "IX_UserLogins_Issuer_Subject_CompanyId",
                table: "UserLogins",
                columns: new[] { "Issuer", "Subject", "CompanyId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Variants_Sku",
                table: "Variants",
                column: "Sku",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Variants_variants_of_a_product",
                table: "Variants",
                columns: new[] { "ProductId", "Position", "Sku" });

            migrationBuilder.CreateIndex(
                name: "IX_Variants_variants_to_be_published",
                table: "Variants",
                column: "PublishedFrom",
                filter: "[PublishedFrom] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Variants_variants_to_be_withdrawn",
                table: "Variants",
                column: "PublishedTo",
                filter: "[PublishedTo] IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AccessTokens");

            migrationBuilder.DropTable(
                name: "CatalogLocales");

            migrationBuilder.DropTable(
                name: "CatalogViewAssignments");

            migrationBuilder.DropTable(
                name: "CatalogViewHiddenVariants");

            migrationBuilder.DropTable(
                name: "CatalogViewProducts");

            migrationBuilder.DropTable(
                name: "CatalogViewRules");

            migrationBuilder.DropTable(
                name: "CategoryTexts");

            migrationBuilder.DropTable(
                name: "CustomerSegmentMembers");

            migrationBuilder.DropTable(
                name: "Events");

            migrationBuilder.DropTable(
                name: "PackagingLevels");

            migrationBuilder.DropTable(
                name: "PriceChangeLines");

            migrationBuilder.DropTable(
                name: "PriceChangeSetVersions");

            migrationBuilder.DropTable(
                name: "PriceListAdjustments");

            migrationBuilder.DropTable(
                name: "PriceListAssignments");

            migrationBuilder.DropTable(
                name: "PriceListEntries");

            migrationBuilder.DropTable(
                name: "PriceListQuantityTerms");

            migrationBuilder.DropTable(
                name: "PriceListTurns");

            migrationBuilder.DropTable(
                name: "PriceSimulations");

            migrationBuilder.DropTable(
                name: "ProductAttributes");

            migrationBuilder.DropTable(
                name: "ProductCompanies");

            migrationBuilder.DropTable(
                name: "ProductDocuments");

            migrationBuilder.DropTable(
                name: "ProductMedia");

            migrationBuilder.DropTable(
                name: "ProductTexts");

            migrationBuilder.DropTable(
                name: "StoredAnswers");

            migrationBuilder.DropTable(
                name: "TrustedDocuments");

            migrationBuilder.DropTable(
                name: "UserLogins");

            migrationBuilder.DropTable(
                name: "ApiKeys");

            migrationBuilder.DropTable(
                name: "CatalogViews");

            migrationBuilder.DropTable(
                name: "CustomerSegments");

            migrationBuilder.DropTable(
                name: "Variants");

            migrationBuilder.DropTable(
                name: "PriceChangeSets");

            migrationBuilder.DropTable(
                name: "PriceLists");

            migrationBuilder.DropTable(
                name: "CompanyUsers");

            migrationBuilder.DropTable(
                name: "Products");

            migrationBuilder.DropTable(
                name: "CompanyUnits");

            migrationBuilder.DropTable(
                name: "Categories");

            migrationBuilder.DropTable(
                name: "Companies");

            migrationBuilder.DropTable(
                name: "CustomerTiers");

            migrationBuilder.DropTable(
                name: "Markets");
        }
    }
}
