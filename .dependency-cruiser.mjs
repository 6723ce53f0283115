/**
 * The house's rules about who may ask whom (see ARCHITECTURE.md). Each comment says what to do instead. Types are not
 * seen by most rules (they are erased): a page may name a view's row type, but not call the view.
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */
const BUILDING = "national|province|sandbox|agent";
const VALUE = { dependencyTypesNot: ["type-only"] };
const TEST = "\\.test\\.ts$";

export default {
  forbidden: [
    {
      name: "buildings-meet-over-http",
      comment:
        "Rule 1. National portal, province, sandbox and agent belong to different owners and never import each other. Put what crosses between them into src/protocols (schema, signature, client) and call it over HTTP.",
      severity: "error",
      from: { path: `^src/(${BUILDING})/` },
      to: { path: `^src/(${BUILDING})/`, pathNot: "^src/$1/" },
    },
    {
      name: "kit-stands-below",
      comment:
        "Rule 2. The kit imports nothing above it. Give the function what it needs as an argument, or move it into the room that knows about it.",
      severity: "error",
      from: { path: "^src/kit/", pathNot: TEST },
      to: { path: "^(src|tests|bench|procedures|provinces)/", pathNot: "^src/kit/" },
    },
    {
      name: "protocols-stand-on-the-kit",
      comment:
        "Rule 2. Protocols import only the kit: they are the same for both sides. What one side does with a message belongs to its building.",
      severity: "error",
      from: { path: "^src/protocols/", pathNot: TEST },
      to: { path: "^(src|tests|bench)/", pathNot: "^src/(protocols|kit)/" },
    },
    {
      name: "rooms-have-one-door",
      comment:
        "Rule 3. A room is entered through its index.ts only. Export what you need there, with a sentence saying what it promises.",
      severity: "error",
      from: { path: `^src/(${BUILDING})/([^/]+)(/|\\.ts$)`, pathNot: TEST },
      to: { path: `^src/(${BUILDING})/[^/]+/`, pathNot: ["^src/$1/$2/", "/index\\.ts$"] },
    },
    {
      name: "dossiers-ask-never-back",
      comment:
        "Rule 3. Dossiers may ask fees, steps, deadlines and forms; they never ask back. What must travel back travels as a job or an event, or as a function given at start.",
      severity: "error",
      from: { path: "^src/province/(fees|steps|deadlines|forms|catalogue|procedure)/", pathNot: TEST },
      to: { path: "^src/province/dossiers/" },
    },
    {
      name: "pure-things-stay-pure",
      comment:
        "Rule 4. Lifecycle tables, deadlines, evaluation of forms, calendar and money are pure: no database, clock, HTTP, files or processes. Pass the facts in and the decision out.",
      severity: "error",
      from: {
        path: [
          "(^|/)(?!print-)[^/]*-lifecycle\\.ts$",
          "^src/province/deadlines/",
          "^src/province/forms/(condition|evaluation|validate-answers)\\.ts$",
          "^src/kit/(calendar|money)\\.ts$",
        ],
        pathNot: TEST,
      },
      to: {
        ...VALUE,
        path: [
          "^src/kit/(db|clock|jobs|files|log|config|crypto|messages-gateway)\\.ts$",
          "^src/kit/(http|postgres|pdf|signing)/",
          "-(store|view|routes|jobs)\\.ts$",
          "^(node:)?(fs|fs/promises|http|https|net|child_process|timers|timers/promises)$",
          "(^|/)node_modules/(pg|fastify)/",
        ],
      },
    },
    {
      name: "sql-in-stores",
      comment:
        "Rule 5. Only the kit's database access and stores speak to PostgreSQL's driver. Write a named statement in a *-store.ts or *-view.ts and call it with a Db.",
      severity: "error",
      from: { path: "^src/", pathNot: ["^src/kit/db\\.ts$", "^src/kit/db-[a-z-]+\\.ts$", "-store\\.ts$", TEST] },
      to: { ...VALUE, path: "(^|/)node_modules/pg/" },
    },
    {
      name: "pages-are-functions-of-props",
      comment:
        "Rule 6. Pages are pure functions of plain props. Let the route fetch what the page shows and pass it in.",
      severity: "error",
      from: { path: "/pages/", pathNot: TEST },
      to: {
        ...VALUE,
        path: [
          "-(store|view|routes|jobs)\\.ts$",
          "^src/kit/(db|jobs|files|config|clock)\\.ts$",
          "^src/kit/http/",
          "(^|/)node_modules/(pg|fastify)/",
          "^(node:)?(fs|fs/promises|http|https|net|child_process)$",
        ],
      },
    },
    {
      name: "routes-call-use-cases",
      comment:
        "Rule 6. Routes parse, call one use case, render or redirect. Write the use case (verb first) and let it call the store.",
      severity: "error",
      from: { path: "-routes\\.ts$" },
      to: { ...VALUE, path: "-store\\.ts$" },
    },
    {
      name: "commands-enter-by-the-app",
      comment: "The command line starts buildings; it enters them through their app.ts only.",
      severity: "error",
      from: { path: "^src/(commands/|main\\.ts$)", pathNot: TEST },
      to: { path: `^src/(${BUILDING})/`, pathNot: "/app\\.ts$" },
    },
    {
      name: "no-one-imports-the-command",
      comment:
        "Buildings, kit and protocols do not know the command line. Move what both need into the kit, under its own noun.",
      severity: "error",
      from: { path: "^src/", pathNot: ["^src/(commands/|main\\.ts$)", TEST] },
      to: { path: "^src/(commands/|main\\.ts$)" },
    },
    {
      name: "source-does-not-import-tests",
      comment:
        "What the product runs does not come from tests/ or bench/. Move it into the kit or the room that owns it.",
      severity: "error",
      from: { path: "^src/", pathNot: TEST },
      to: { path: ["^(tests|bench)/", TEST] },
    },
    {
      name: "a-noun-for-everything",
      comment:
        "Rule 7. No utils, helpers, common, misc, shared, lib. A shared thing gets the noun it is: money, calendar, identity-paper.",
      severity: "error",
      from: {},
      to: {
        path: [
          "/(util|utils|helper|helpers|common|misc|shared|lib)/",
          "/(util|utils|helper|helpers|common|misc|shared|lib)\\.ts$",
        ],
        pathNot: "node_modules",
      },
    },
    {
      name: "no-circles",
      comment:
        "Two files that need each other are one thing or three: merge them, or move what both need into a third.",
      severity: "error",
      from: { path: "^src/" },
      to: { circular: true, viaOnly: VALUE },
    },
    {
      name: "nothing-unresolvable",
      comment: "This import leads nowhere: the file is missing or the package is not in package.json.",
      severity: "error",
      from: { path: "^(src|tests|bench)/" },
      to: { couldNotResolve: true },
    },
    {
      name: "no-development-packages",
      comment:
        "A package used by the product must stand in dependencies, not in devDependencies, or the published package breaks.",
      severity: "error",
      from: { path: "^src/", pathNot: [TEST, "^src/commands/(check|test|bench|faults)"] },
      to: { dependencyTypes: ["npm-dev"] },
    },
  ],
  options: {
    // With TypeScript 7 the default parser reads nothing and finds nothing; swc reads everything.
    parser: "swc",
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["node", "import", "default"],
      extensions: [".ts", ".js", ".mjs", ".json"],
    },
  },
};
