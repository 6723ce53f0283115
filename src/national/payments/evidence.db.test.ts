import assert from "node:assert/strict";
import { test } from "node:test";
import { withAdmin, withDatabase } from "#tests/support/database.ts";
import { keepEvidence } from "./payment-store.ts";

test("a flood of untrusted callbacks is kept up to a bound, and later ones are kept again", () =>
  withDatabase("national", async (database, place) => {
    const count = () =>
      withAdmin(place, async (client) =>
        Number((await client.query("select count(*) n from payment_evidence")).rows[0].n),
      );
    await withAdmin(place, (client) =>
      client.query(
        "insert into payment_evidence (source, reason, raw) select 'x', 'signature', 'x' from generate_series(1, 600)",
      ),
    );
    await keepEvidence(database, "momo/callback", "signature", "one too many");
    assert.equal(await count(), 600);
    await withAdmin(place, (client) =>
      client.query("update payment_evidence set received_at = now() - interval '2 minutes'"),
    );
    await keepEvidence(database, "momo/callback", "signature", "kept again");
    assert.equal(await count(), 601);
  }));
