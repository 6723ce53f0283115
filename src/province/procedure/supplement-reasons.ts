/** Reasons an officer can choose from when asking for a supplement: the procedure's own, then what fits the thing. Pure. */
import type { Text } from "#kit/i18n.ts";
import type { Component, ProcedureDefinition } from "./procedure.ts";

export type SupplementReason = {
  /** Stable name within the procedure. */
  readonly code: string;
  /** What is wrong and what to do, as the citizen reads it. */
  readonly text: Text;
  /** Codes of papers and ids of questions it is for. */
  readonly for: readonly string[];
  /** What a good answer looks like; sent along unless the officer writes another. */
  readonly example?: Text;
};

/** A reason as it is offered for one thing. */
export type ListedReason = Omit<SupplementReason, "for">;

/** The thing that is asked for. */
export interface Asked {
  readonly target: "field" | "component";
  readonly ref: string;
  /** Of a field: its type in the form. */
  readonly type?: string | undefined;
  /** Is something there already? */
  readonly present: boolean;
}

/** The procedure's own reasons for the thing first, then those that follow from what it is. */
export function supplementReasonsFor(
  procedure: Pick<ProcedureDefinition, "supplementReasons" | "components"> | undefined,
  asked: Asked,
): readonly ListedReason[] {
  const own = (procedure?.supplementReasons ?? []).filter((reason) => reason.for.includes(asked.ref));
  const derived =
    asked.target === "field"
      ? fieldReasons(asked)
      : paperReasons(
          procedure?.components.find((one) => one.code === asked.ref),
          asked.present,
        );
  // What is not there yet is first of all missing.
  return asked.target === "component" && !asked.present ? [...derived, ...own] : [...own, ...derived];
}

function paperReasons(component: Component | undefined, present: boolean): readonly ListedReason[] {
  if (!present) return [MISSING];
  const name = component ? component.name.vi.toLowerCase() : "";
  return [
    BLURRED,
    INCOMPLETE,
    WRONG_PAPER,
    ...(component?.form ? [wrongForm(component.form)] : []),
    ...(/chứng thực|bản sao/u.test(name) ? [NOT_CERTIFIED] : []),
    ...(/tờ khai|đơn |văn bản ủy quyền|thỏa thuận|cam kết|giấy giới thiệu/u.test(name) ? [NOT_SIGNED] : []),
    ...(/ảnh/u.test(name) ? [BAD_PHOTO] : []),
    ...(/bản vẽ|sơ đồ|mặt bằng/u.test(name) ? [BAD_DRAWING] : []),
    EXPIRED,
    MISMATCH_PAPER,
  ];
}

function fieldReasons({ type, present }: Asked): readonly ListedReason[] {
  return [
    ...(present ? [MISMATCH_FIELD] : [EMPTY_FIELD]),
    ...(FIELD_TYPES[type ?? ""] ?? []),
    ...(present ? [UNCLEAR] : []),
  ];
}

const MISSING = {
  code: "missing",
  text: { vi: "Còn thiếu giấy tờ này. Đề nghị bổ sung.", en: "This paper is missing. Please add it." },
};
const BLURRED = {
  code: "blurred",
  text: {
    vi: "Ảnh hoặc bản quét bị mờ, không đọc được. Đề nghị chụp lại rõ, đủ bốn góc.",
    en: "The picture or scan cannot be read. Please take it again, sharp and with all four corners.",
  },
  example: {
    vi: "Đặt giấy trên mặt phẳng tối màu, chụp thẳng từ trên xuống ở nơi đủ sáng, không bật đèn chớp; đọc được cả dấu và chữ nhỏ nhất.",
    en: "Lay it flat on something dark, take it from straight above in good light without flash; the stamp and the smallest print can be read.",
  },
};
const INCOMPLETE = {
  code: "incomplete",
  text: {
    vi: "Tệp thiếu trang. Đề nghị gửi lại đủ các trang theo thứ tự.",
    en: "Pages are missing. Please send all of them in order.",
  },
};
const WRONG_PAPER = {
  code: "wrong-paper",
  text: {
    vi: "Tệp không phải giấy tờ được yêu cầu. Đề nghị gửi đúng giấy tờ.",
    en: "It is another paper than the one asked for. Please send the right one.",
  },
};
const NOT_CERTIFIED = {
  code: "not-certified",
  text: {
    vi: "Bản sao chưa được chứng thực. Đề nghị gửi bản sao có chứng thực hoặc bản điện tử có ký số.",
    en: "The copy is not certified. Please send a certified copy, or an electronic one with a digital signature.",
  },
};
const NOT_SIGNED = {
  code: "not-signed",
  text: {
    vi: "Văn bản chưa có chữ ký của người phải ký. Đề nghị ký đủ, ghi rõ họ tên rồi gửi lại.",
    en: "Somebody who must sign has not. Please have it signed, with names, and send it again.",
  },
};
const EXPIRED = {
  code: "expired",
  text: {
    vi: "Giấy tờ đã hết hạn. Đề nghị gửi bản còn hiệu lực.",
    en: "It is no longer valid. Please send one that is.",
  },
};
const MISMATCH_PAPER = {
  code: "mismatch",
  text: {
    vi: "Thông tin trên giấy tờ không khớp với nội dung đã khai. Đề nghị gửi giấy tờ đúng hoặc giải thích.",
    en: "It says something else than what was declared. Please send the right paper or explain.",
  },
};
const BAD_PHOTO = {
  code: "bad-photo",
  text: {
    vi: "Ảnh không đúng quy cách. Đề nghị gửi ảnh rõ, chụp mới, đúng cỡ và đúng nội dung yêu cầu.",
    en: "The photograph is not as prescribed. Please send a recent, sharp one of the right size and subject.",
  },
};
const BAD_DRAWING = {
  code: "bad-drawing",
  text: {
    vi: "Bản vẽ, sơ đồ thiếu kích thước hoặc tỷ lệ. Đề nghị ghi đủ kích thước, tỷ lệ và vị trí rồi gửi lại.",
    en: "The drawing lacks measures or scale. Please give measures, scale and place, and send it again.",
  },
};
const MISMATCH_FIELD = {
  code: "mismatch",
  text: {
    vi: "Thông tin khai không khớp với giấy tờ đính kèm. Đề nghị kiểm tra và sửa.",
    en: "It does not agree with the papers attached. Please check and correct it.",
  },
};
const EMPTY_FIELD = {
  code: "empty",
  text: { vi: "Mục này còn để trống. Đề nghị khai đầy đủ.", en: "This is empty. Please fill it in." },
};
const UNCLEAR = {
  code: "unclear",
  text: {
    vi: "Nội dung khai chưa đủ rõ để giải quyết. Đề nghị khai cụ thể hơn.",
    en: "It is not clear enough to decide on. Please be more specific.",
  },
};

function wrongForm(form: Text): ListedReason {
  return {
    code: "wrong-form",
    text: {
      vi: `Không đúng mẫu quy định (${form.vi}). Đề nghị lập lại theo đúng mẫu.`,
      en: `It is not on the prescribed form (${form.en}). Please use that form.`,
    },
  };
}

const NAME: readonly ListedReason[] = [
  {
    code: "name",
    text: {
      vi: "Họ, chữ đệm, tên không đúng như giấy tờ tùy thân. Đề nghị khai đúng từng chữ, đủ dấu.",
      en: "The name is not as in the identity paper. Please write every part of it, with its marks.",
    },
    example: { vi: "Nguyễn Thị Ngọc Ẩn", en: "Nguyễn Thị Ngọc Ẩn" },
  },
];
const NUMBER: readonly ListedReason[] = [
  {
    code: "identity-number",
    text: {
      vi: "Số giấy tờ không đúng hoặc không tra cứu được. Đề nghị khai đúng số in trên giấy tờ.",
      en: "The number is wrong or unknown. Please give it as printed on the paper.",
    },
    example: { vi: "12 chữ số in ở mặt trước thẻ căn cước", en: "The 12 digits on the front of the identity card" },
  },
];
const DAY: readonly ListedReason[] = [
  {
    code: "date",
    text: {
      vi: "Ngày, tháng, năm không đúng như giấy tờ. Đề nghị khai lại theo giấy tờ.",
      en: "The date is not as in the paper. Please give it as the paper has it.",
    },
    example: { vi: "20/02/2026", en: "20/02/2026" },
  },
];
const PLACE: readonly ListedReason[] = [
  {
    code: "address",
    text: {
      vi: "Địa chỉ thiếu số nhà, thôn, tổ hoặc đơn vị hành chính. Đề nghị khai đủ.",
      en: "The address lacks house, hamlet or unit. Please give all of it.",
    },
    example: {
      vi: "Số 12, đường 30 Tháng 4, khu phố 3, phường Tân Ninh, tỉnh Tây Ninh",
      en: "12, 30 Tháng 4 Street, Quarter 3, Tân Ninh Ward, Tây Ninh Province",
    },
  },
];
const CONTACT: readonly ListedReason[] = [
  {
    code: "contact",
    text: {
      vi: "Không liên lạc được theo thông tin đã khai. Đề nghị khai lại.",
      en: "You could not be reached there. Please give it again.",
    },
  },
];
const FIGURE: readonly ListedReason[] = [
  {
    code: "figure",
    text: {
      vi: "Số liệu không khớp với giấy tờ hoặc thiếu đơn vị tính. Đề nghị tính và khai lại.",
      en: "The figure does not agree with the papers. Please work it out and give it again.",
    },
  },
];

const FIELD_TYPES: Readonly<Record<string, readonly ListedReason[]>> = {
  personName: NAME,
  identityNumber: NUMBER,
  taxCode: NUMBER,
  date: DAY,
  partialDate: DAY,
  address: PLACE,
  place: PLACE,
  phone: CONTACT,
  email: CONTACT,
  money: FIGURE,
  integer: FIGURE,
  decimal: FIGURE,
};
