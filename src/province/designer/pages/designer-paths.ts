import type { Place } from "../content.ts";

/** Addresses of the designer's pages. */
export const DESIGNER_HOME = "/quan-tri/soan";

export const designerPaths = {
  copy: (code: string) => `/quan-tri/thu-tuc/${code}/soan`,
  part: (code: string, name: string) => `/quan-tri/thu-tuc/${code}/soan/${name}`,
  thing: (code: string, { kind, id }: Place) => `/quan-tri/thu-tuc/${code}/soan/muc/${kind}/${encodeURIComponent(id)}`,
};
