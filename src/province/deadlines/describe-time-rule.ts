import type { Text } from "#kit/i18n.ts";
import type { TimeRule } from "./time-rule.ts";

/** The rule in words for catalogue pages and slips, e.g. "15 ngày làm việc". */
export function describeTimeRule(rule: TimeRule): Text {
  switch (rule.type) {
    case "same_day_with_cutoff":
      return {
        vi: `Trong ngày; nhận sau ${rule.cutoff} thì trả vào ngày làm việc tiếp theo`,
        en: `The same day; the next working day when received after ${rule.cutoff}`,
      };
    case "working_days":
      return { vi: `${rule.days} ngày làm việc`, en: `${rule.days} working ${rule.days === 1 ? "day" : "days"}` };
    case "working_hours":
      return { vi: `${rule.hours} giờ làm việc`, en: `${rule.hours} working ${rule.hours === 1 ? "hour" : "hours"}` };
    case "calendar_days":
      return { vi: `${rule.days} ngày`, en: `${rule.days} ${rule.days === 1 ? "day" : "days"}` };
    case "months":
      return { vi: `${rule.months} tháng`, en: `${rule.months} ${rule.months === 1 ? "month" : "months"}` };
  }
}
