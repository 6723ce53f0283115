import { type Database, statement } from "#kit/db.ts";
import type { Lang } from "#kit/i18n.ts";
import type { NoticeEvent } from "./notice.ts";
import type { QuietHours } from "./quiet-hours.ts";
import type { NoticeWords } from "./usual-texts.ts";

const putTexts = statement<object, [string, string, string, string]>(
  "notices.put-texts",
  "select notice_text_put($1, $2, $3::jsonb, $4)",
);

/** From now on an event is told in these words; null: in the house's usual ones. */
export async function changeTexts(
  database: Database,
  tenant: string,
  event: NoticeEvent,
  texts: Readonly<Record<Lang, NoticeWords | null>>,
  officerId: string,
): Promise<void> {
  const rows = (["vi", "en"] as const).map((lang) => ({
    lang,
    title: texts[lang]?.title ?? null,
    body: texts[lang]?.text ?? null,
  }));
  await database.one(putTexts, [tenant, event, JSON.stringify(rows), `officer:${officerId}`]);
}

const putQuiet = statement<object, [string, number, number, string]>(
  "notices.put-quiet",
  "select notice_quiet_put($1, $2, $3, $4)",
);

export async function changeQuiet(
  database: Database,
  tenant: string,
  quiet: QuietHours,
  officerId: string,
): Promise<void> {
  await database.one(putQuiet, [tenant, quiet.from, quiet.to, `officer:${officerId}`]);
}
