import type { Text } from "#kit/i18n.ts";
import type { IconName } from "#kit/ui/index.ts";

interface AdminPlaceRow {
  readonly name: string;
  readonly href: `/quan-tri/${string}`;
  readonly icon: IconName;
  readonly title: Text;
  readonly about: Text;
}

/** What an administrator finds under `/quan-tri`, in the order of the navigation; a row for each room that mounts pages. */
export const PLACES = [
  {
    name: "publishing",
    href: "/quan-tri/cong-bo",
    icon: "stamp",
    title: { vi: "Công bố", en: "Publishing" },
    about: {
      vi: "Phiên bản thủ tục chờ công bố: xem nội dung thay đổi, duyệt, hẹn ngày hiệu lực, bãi bỏ.",
      en: "Versions of procedures that wait: see what changes, approve, set the day they take effect, withdraw.",
    },
  },
] as const satisfies readonly AdminPlaceRow[];

export type AdminPlace = (typeof PLACES)[number]["name"];
