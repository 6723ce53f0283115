import type { PostEvent, PostOrder } from "#protocols/post/index.ts";
import type { Recorded } from "../journal/index.ts";

/** What the post writes down: it took an order, something happened to an item, an agency was told. */
export type PostJournalEvent =
  | { readonly kind: "ordered"; readonly client: string; readonly itemCode: string; readonly order: PostOrder }
  | { readonly kind: "refused"; readonly client: string; readonly reference: string }
  | { readonly kind: "cancelled"; readonly client: string; readonly reference: string }
  | { readonly kind: "happened"; readonly itemCode: string; readonly event: PostEvent }
  | {
      readonly kind: "told";
      readonly itemCode: string;
      readonly eventId: string;
      readonly variant: string;
      readonly said: string;
      readonly last: boolean;
    };

export interface PostItem {
  readonly client: string;
  readonly itemCode: string;
  readonly order: PostOrder;
  readonly events: PostEvent[];
  /** Tries of telling, and those that are done with, by event. */
  readonly told: Map<string, { tries: number; last: boolean }>;
  cancelled: boolean;
}

/** Items by their number, in the order in which they were ordered; rebuilt from the journal. */
export class PostBook {
  readonly items = new Map<string, PostItem>();
  /** Taken back before they came: client and reference. */
  private readonly unwanted = new Set<string>();

  readonly apply = (recorded: Recorded<PostJournalEvent>): void => {
    if (recorded.kind === "ordered") {
      const { client, itemCode, order } = recorded;
      this.items.set(itemCode, { client, itemCode, order, events: [], told: new Map(), cancelled: false });
    } else if (recorded.kind === "cancelled") {
      const item = this.ordered(recorded.client, recorded.reference);
      if (item) item.cancelled = true;
      else this.unwanted.add(`${recorded.client} ${recorded.reference}`);
    } else if (recorded.kind === "happened") this.items.get(recorded.itemCode)?.events.push(recorded.event);
    else if (recorded.kind === "told") {
      const told = this.items.get(recorded.itemCode)?.told;
      const before = told?.get(recorded.eventId)?.tries ?? 0;
      told?.set(recorded.eventId, { tries: before + 1, last: recorded.last });
    }
  };

  /** What was ordered under a client's reference before. */
  ordered(client: string, reference: string): PostItem | undefined {
    return [...this.items.values()].find((item) => item.client === client && item.order.reference === reference);
  }

  isUnwanted(client: string, reference: string): boolean {
    return this.unwanted.has(`${client} ${reference}`);
  }

  nextCode(): string {
    return itemCode(this.items.size + 1);
  }
}

const WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7];

/** "RC", eight digits, a check digit, "VN": UPU standard S10. */
export function itemCode(serial: number): string {
  const digits = String(serial).padStart(8, "0");
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (WEIGHTS[index] ?? 0), 0);
  const rest = 11 - (sum % 11);
  return `RC${digits}${rest === 10 ? 0 : rest === 11 ? 5 : rest}VN`;
}
