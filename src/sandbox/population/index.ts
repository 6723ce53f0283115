/** The national population database: who people are, and who belongs to them. */
export { demoPopulation } from "./demo-population.ts";
export { populationRoutes } from "./population-routes.ts";
export type { PopulationEvent } from "./population-routes.ts";
