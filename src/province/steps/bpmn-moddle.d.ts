/** bpmn-moddle 10 brings no types for its entrance; what the reader uses of it. */
declare module "bpmn-moddle" {
  export interface ModdleElement {
    readonly $type: string;
    readonly id?: string;
    readonly name?: string;
    get(name: string): unknown;
  }
  export class BpmnModdle {
    constructor(packages?: Readonly<Record<string, unknown>>);
    fromXML(xml: string): Promise<{
      readonly rootElement: ModdleElement;
      readonly warnings: readonly {
        readonly message: string;
        readonly element?: ModdleElement;
        readonly property?: string;
      }[];
    }>;
  }
}
