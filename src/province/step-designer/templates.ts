/** Standard procedures of the house (`procedures/processes/*.bpmn`): to begin with, and what the demo's procedures run through. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(import.meta.dirname, "../../../procedures/processes");

export interface ProcessTemplate {
  /** Name of the file without its ending. */
  readonly id: string;
  readonly name: string;
  readonly xml: string;
}

let known: readonly ProcessTemplate[] | undefined;

/** In the order of their names of files; read once a process. */
export function listTemplates(): readonly ProcessTemplate[] {
  known ??= readdirSync(FOLDER)
    .filter((file) => file.endsWith(".bpmn"))
    .sort()
    .map((file) => {
      const xml = readFileSync(join(FOLDER, file), "utf8");
      const name = /<bpmn:process [^>]*name="([^"]*)"/.exec(xml)?.[1] ?? file;
      return { id: file.slice(0, -".bpmn".length), name, xml };
    });
  return known;
}

/** Start, one step of the own unit, end: something that can be drawn on. */
export function blankDrawing(name: string): string {
  const words = name.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:motcua="https://motcua.vn/schema/internal-process/1" id="definitions" targetNamespace="https://motcua.vn/schema/internal-process/1">
  <bpmn:process id="process" name="${words}" isExecutable="true">
    <bpmn:startEvent id="start"><bpmn:outgoing>to-step</bpmn:outgoing></bpmn:startEvent>
    <bpmn:userTask id="step" name="Thụ lý" motcua:role="specialist" motcua:unit="own" motcua:hours="8" motcua:kind="task" motcua:act="none"><bpmn:incoming>to-step</bpmn:incoming><bpmn:outgoing>to-end</bpmn:outgoing></bpmn:userTask>
    <bpmn:endEvent id="end"><bpmn:incoming>to-end</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="to-step" sourceRef="start" targetRef="step" />
    <bpmn:sequenceFlow id="to-end" sourceRef="step" targetRef="end" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="diagram">
    <bpmndi:BPMNPlane id="plane" bpmnElement="process">
      <bpmndi:BPMNShape id="start_shape" bpmnElement="start"><dc:Bounds x="162" y="182" width="36" height="36" /></bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="step_shape" bpmnElement="step"><dc:Bounds x="260" y="160" width="130" height="80" /></bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="end_shape" bpmnElement="end"><dc:Bounds x="452" y="182" width="36" height="36" /></bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="to-step_edge" bpmnElement="to-step"><di:waypoint x="198" y="200" /><di:waypoint x="260" y="200" /></bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="to-end_edge" bpmnElement="to-end"><di:waypoint x="390" y="200" /><di:waypoint x="452" y="200" /></bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
`;
}
