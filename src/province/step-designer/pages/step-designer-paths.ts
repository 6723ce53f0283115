export const PROCESSES_HOME = "/quan-tri/quy-trinh";

export const processPaths = {
  one: (id: string): string => `${PROCESSES_HOME}/${id}`,
  part: (id: string, part: string): string => `${PROCESSES_HOME}/${id}/${part}`,
  version: (id: string, version: number): string => `${PROCESSES_HOME}/${id}/phien-ban/${version}`,
};
