import type { Lang } from "#kit/i18n.ts";
import type { ProblemCode, ProcessProblem, ProcessRefusal } from "./process.ts";

const vi = {
  /** `found` is what stands in the file, "" when there is nothing to quote. */
  problems: {
    "not-xml": () => "Tệp không phải là XML đọc được. Hãy xuất lại tệp .bpmn từ công cụ vẽ.",
    "not-bpmn": () => "Tệp là XML nhưng không phải bản vẽ BPMN 2.0.",
    "too-large": () => "Tệp lớn hơn 1 MB. Một quy trình nội bộ không cần bản vẽ lớn như vậy.",
    "forbidden-xml": () => "Tệp có khai báo DOCTYPE hoặc ENTITY. Vì an toàn, hệ thống không đọc tệp như vậy.",
    "no-process": () => "Tệp không có quy trình nào.",
    "two-processes": () => "Tệp có nhiều quy trình. Mỗi tệp chỉ vẽ một quy trình.",
    "too-many-elements": (found: string) => `Quy trình có ${found} phần tử, nhiều hơn mức cho phép là 400.`,
    "no-start": () => "Thiếu điểm bắt đầu.",
    "two-starts": () => "Có hơn một điểm bắt đầu. Chỉ giữ lại một.",
    "no-end": () => "Thiếu điểm kết thúc.",
    "element-outside": (found: string) => `Loại phần tử “${found}” nằm ngoài phần BPMN mà hệ thống chạy được.`,
    "no-name": () => "Bước chưa có tên.",
    "unknown-role": (found: string) =>
      found === "" ? "Bước chưa chọn vai trò thực hiện." : `Không có vai trò “${found}”.`,
    "unknown-unit": (found: string) =>
      found === "" ? "Bước chưa chọn cơ quan thực hiện." : `Không có cơ quan “${found}” trong tỉnh.`,
    "unknown-kind": (found: string) => `Không có loại bước “${found}”.`,
    "unknown-act": (found: string) => `Không có thao tác “${found}”.`,
    "no-hours": (found: string) =>
      found === ""
        ? "Bước chưa có số giờ làm việc."
        : `“${found}” không phải số giờ làm việc hợp lệ (ví dụ 8 hoặc 4,5).`,
    "call-without-agency": () => "Bước chuyển cơ quan khác phải chọn cơ quan đó.",
    "act-elsewhere": () => "Bước của cơ quan khác và bước lấy ý kiến không được gắn thao tác của hồ sơ.",
    "timer-without-duration": (found: string) =>
      found === ""
        ? "Đồng hồ chưa có thời hạn (ví dụ PT8H là 8 giờ làm việc)."
        : `“${found}” không phải thời hạn hợp lệ (ví dụ PT8H hoặc P2D).`,
    "timer-not-interrupting": () => "Đồng hồ phải là loại kết thúc bước (viền liền).",
    "two-timers": () => "Mỗi bước chỉ có một đồng hồ.",
    "flow-loose": () => "Đường nối hoặc đồng hồ không gắn đúng vào phần tử nào.",
    "several-ways-out": () => "Phần tử này chỉ được có một đường đi ra. Hãy dùng cổng để rẽ nhánh.",
    "no-way-out": () => "Phần tử này không có đường đi tiếp.",
    "no-default": () => "Cổng rẽ nhánh chưa có đường mặc định.",
    "condition-outside": (found: string) => `Điều kiện “${found}” không đọc được. Ví dụ đúng: opinion = "given".`,
    "conditions-mixed": () =>
      "Các đường ra của cổng: hoặc tất cả (trừ mặc định) có điều kiện, hoặc không đường nào có.",
    "way-without-name": () => "Đường ra do cán bộ chọn phải có tên.",
    "choice-without-person": () => "Cổng do cán bộ chọn phải đứng ngay sau một bước có người thực hiện.",
    "default-with-condition": () => "Đường mặc định không được có điều kiện.",
    "loop-without-person": () => "Vòng lặp này không có bước nào do người thực hiện.",
    unreachable: () => "Không bao giờ đi tới được phần tử này.",
    endless: () => "Từ đây không bao giờ đi tới điểm kết thúc.",
    "join-waits-for-ever": () => "Có trường hợp cổng gộp phải chờ mãi một nhánh không bao giờ tới.",
    "join-missing": () => "Các nhánh song song gặp nhau ở đây mà chưa qua cổng gộp song song.",
    "return-not-last": () => "Sau khi trả kết quả quy trình phải kết thúc ngay.",
    "too-many-standings": () => "Quy trình có quá nhiều nhánh song song để kiểm tra hết.",
  } satisfies Record<ProblemCode, (found: string) => string>,
  refusals: {
    "not-found": "Không tìm thấy quy trình.",
    conflict: "Người khác vừa thay đổi. Hãy xem lại rồi thực hiện lại.",
    "same-person": "Người công bố phải khác người soạn phiên bản.",
    "has-problems": "Bản vẽ còn lỗi nên chưa công bố được.",
    "nothing-to-publish": "Không có bản soạn nào chờ công bố.",
    "no-process": "Hồ sơ không chạy theo quy trình nội bộ nào.",
    "does-not-fit": "Có bước đang mở không có trong phiên bản kia, nên hồ sơ ở lại phiên bản cũ.",
    "same-version": "Hồ sơ đang theo đúng phiên bản này.",
  } satisfies Record<ProcessRefusal, string>,
  roles: {
    "one-stop": "Cán bộ một cửa",
    specialist: "Chuyên viên thụ lý",
    leader: "Lãnh đạo",
    accountant: "Kế toán",
  },
  kinds: { task: "Xử lý", opinion: "Cho ý kiến" },
  acts: {
    none: "Không",
    forward: "Chuyển thụ lý",
    "record-result": "Nhập kết quả",
    "sign-result": "Ký kết quả",
    "return-result": "Trả kết quả",
  },
  states: {
    open: "Đang làm",
    done: "Đã xong",
    overdue: "Quá hạn, đã đi tiếp",
    cancelled: "Đã hủy",
    moved: "Chuyển phiên bản",
  },
  ownUnit: "Cơ quan giải quyết hồ sơ",
};

const en: typeof vi = {
  problems: {
    "not-xml": () => "The file is not XML that can be read. Export the .bpmn file again from the drawing tool.",
    "not-bpmn": () => "The file is XML, but not a BPMN 2.0 drawing.",
    "too-large": () => "The file is larger than 1 MB. An internal procedure needs no drawing of that size.",
    "forbidden-xml": () => "The file declares a DOCTYPE or an ENTITY. For safety such files are not read.",
    "no-process": () => "There is no process in the file.",
    "two-processes": () => "There are several processes in the file. Draw one process a file.",
    "too-many-elements": (found) => `The process has ${found} elements, more than the 400 that are allowed.`,
    "no-start": () => "There is no start.",
    "two-starts": () => "There is more than one start. Keep one.",
    "no-end": () => "There is no end.",
    "element-outside": (found) => `Elements of type “${found}” are outside the part of BPMN that can be run.`,
    "no-name": () => "The step has no name.",
    "unknown-role": (found) => (found === "" ? "Nobody's role is set for the step." : `There is no role “${found}”.`),
    "unknown-unit": (found) =>
      found === "" ? "No agency is set for the step." : `There is no agency “${found}” in the province.`,
    "unknown-kind": (found) => `There is no kind of step “${found}”.`,
    "unknown-act": (found) => `There is no act “${found}”.`,
    "no-hours": (found) =>
      found === "" ? "The step has no working hours." : `“${found}” is no number of working hours (8 or 4.5 would be).`,
    "call-without-agency": () => "A step at another agency must say which agency.",
    "act-elsewhere": () => "Steps of another agency and opinions cannot carry an act of the dossier.",
    "timer-without-duration": (found) =>
      found === ""
        ? "The timer has no duration (PT8H would be 8 working hours)."
        : `“${found}” is no duration (PT8H or P2D would be).`,
    "timer-not-interrupting": () => "The timer must be of the kind that ends the step (solid border).",
    "two-timers": () => "A step has one timer at most.",
    "flow-loose": () => "This flow or timer is not attached to an element.",
    "several-ways-out": () => "This element may have one way out only. Use a gateway to branch.",
    "no-way-out": () => "Nothing follows this element.",
    "no-default": () => "The gateway has no default way.",
    "condition-outside": (found) => `The condition “${found}” cannot be read. A right one: opinion = "given".`,
    "conditions-mixed": () => "Of a gateway's ways either all but the default have a condition, or none has.",
    "way-without-name": () => "A way that an officer chooses needs a name.",
    "choice-without-person": () => "A gateway where an officer chooses must stand right after somebody's step.",
    "default-with-condition": () => "The default way cannot have a condition.",
    "loop-without-person": () => "There is no step of a person in this loop.",
    unreachable: () => "This element is never reached.",
    endless: () => "From here the end is never reached.",
    "join-waits-for-ever": () => "In some case this join waits for ever for a branch that never comes.",
    "join-missing": () => "Parallel branches meet here without a parallel join.",
    "return-not-last": () => "Once the result is returned the process must end at once.",
    "too-many-standings": () => "The process has too many parallel branches to be checked through.",
  },
  refusals: {
    "not-found": "There is no such process.",
    conflict: "Somebody else has just changed it. Look again, then repeat.",
    "same-person": "Who publishes must be another person than who drew the version.",
    "has-problems": "The drawing has problems and cannot be published yet.",
    "nothing-to-publish": "There is no draft to publish.",
    "no-process": "The dossier runs through no internal procedure.",
    "does-not-fit": "An open step does not exist in the other version, so the dossier stays with its own.",
    "same-version": "The dossier runs under this version already.",
  },
  roles: { "one-stop": "One-stop officer", specialist: "Specialist", leader: "Leader", accountant: "Accountant" },
  kinds: { task: "Work", opinion: "Opinion" },
  acts: {
    none: "None",
    forward: "Forward for processing",
    "record-result": "Enter the result",
    "sign-result": "Sign the result",
    "return-result": "Return the result",
  },
  states: {
    open: "In progress",
    done: "Done",
    overdue: "Overdue, went on",
    cancelled: "Cancelled",
    moved: "Moved to another version",
  },
  ownUnit: "The agency that settles the dossier",
};

export const messages = { vi, en };

/** What is wrong with an element, in a person's words. The place stands in the problem itself. */
export function problemText(problem: ProcessProblem, lang: Lang): string {
  return messages[lang].problems[problem.code](problem.found ?? "");
}
