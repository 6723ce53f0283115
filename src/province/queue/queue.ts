/** The words of the queue. */
export const SERVICES = ["file", "collect", "ask"] as const;
export type Service = (typeof SERVICES)[number];

export interface Ticket {
  readonly id: string;
  readonly number: number;
  readonly service: Service;
  readonly state: "waiting" | "called" | "served" | "missed";
  readonly window: string | null;
  readonly calls: number;
  readonly takenAt: Date;
  readonly calledAt: Date | null;
}
