/** What is said about an answer that cannot be kept: what happened and what to do. Never a blame, never a bare "invalid". */
import { formatDate } from "#kit/calendar.ts";
import type { Text } from "#kit/i18n.ts";
import { formatInteger } from "#kit/money.ts";
import type { FormItem } from "./form.ts";

/** What a sentence may need: the question, what was typed, the limits. */
export interface Said {
  readonly item: FormItem;
  readonly typed: string;
  readonly today: string;
  readonly limit?: string;
}

type Sentence = (said: Said) => Text;

const text = (vi: string, en: string): Text => ({ vi, en });
const digitsIn = (typed: string): number => typed.replace(/\D/g, "").length;
const name = (said: Said): Text => said.item.label;

export const FIELD_MESSAGES = {
  "required-text": (said) =>
    text(`Nhập “${name(said).vi}”. Ô này đang để trống.`, `Enter “${name(said).en}”. This field is empty.`),
  "required-choice": (said) => text(`Chọn một ý cho “${name(said).vi}”.`, `Choose an answer for “${name(said).en}”.`),
  "required-date": (said) =>
    text(
      `Nhập “${name(said).vi}” theo ngày/tháng/năm, ví dụ 22/07/2020.`,
      `Enter “${name(said).en}” as day/month/year, for example 22/07/2020.`,
    ),
  "required-detail": (said) =>
    text(
      `Nhập số nhà, đường, ấp hoặc tên cơ sở của “${name(said).vi}”.`,
      `Enter house number, street or name of the place for “${name(said).en}”.`,
    ),
  "required-area": (said) =>
    text(`Nhập xã, huyện, tỉnh của “${name(said).vi}”.`, `Enter commune, district and province of “${name(said).en}”.`),
  "required-units": (said) =>
    text(`Chọn tỉnh, xã của “${name(said).vi}”.`, `Choose province and commune of “${name(said).en}”.`),
  "required-district": (said) =>
    text(`Chọn huyện của “${name(said).vi}”.`, `Choose the district of “${name(said).en}”.`),
  "required-commune": (said) =>
    text(`Chọn xã, phường của “${name(said).vi}”.`, `Choose the commune or ward of “${name(said).en}”.`),
  "required-bank": (said) => text(`Chọn ngân hàng của “${name(said).vi}”.`, `Choose the bank of “${name(said).en}”.`),
  "required-account": (said) =>
    text(`Nhập số tài khoản của “${name(said).vi}”.`, `Enter the account number of “${name(said).en}”.`),
  "required-point": (said) =>
    text(
      `Nhập vĩ độ và kinh độ của “${name(said).vi}”, hoặc bấm “Lấy vị trí hiện tại”.`,
      `Enter latitude and longitude of “${name(said).en}”, or press “Use my position”.`,
    ),
  "required-signature": (said) =>
    text(
      `Ký “${name(said).vi}” trên màn hình, hoặc gõ họ tên.`,
      `Sign “${name(said).en}” on the screen, or type the name.`,
    ),
  "required-file": (said) =>
    text(`Chọn tệp hoặc chụp ảnh “${name(said).vi}”.`, `Choose a file or take a photo of “${name(said).en}”.`),
  "account-shape": (said) =>
    text(
      `Số tài khoản gồm 6–19 chữ số (hoặc chữ cái, nếu ngân hàng cho đặt). Bạn đã nhập “${said.typed}”.`,
      `An account number has 6–19 digits (or letters, where the bank allows). You entered “${said.typed}”.`,
    ),
  "plate-shape": (said) =>
    text(
      `Biển số có dạng 70A-123.45 hoặc 70B1-123.45. Bạn đã nhập “${said.typed}”.`,
      `A plate looks like 70A-123.45 or 70B1-123.45. You entered “${said.typed}”.`,
    ),
  "organisation-short": () =>
    text(
      "Tên cần ít nhất 2 chữ cái. Ghi như trên giấy đăng ký.",
      "A name needs at least 2 letters, as on the registration.",
    ),
  "organisation-characters": () =>
    text(
      "Tên có ký hiệu không dùng được. Chỉ dùng chữ, số và . , - & ( ) ' \" / +",
      "The name has signs that cannot be used. Use letters, digits and . , - & ( ) ' \" / +",
    ),
  "latitude-range": (said) =>
    text(
      `Vĩ độ là số từ -90 đến 90; ở Việt Nam từ 8 đến 24, ví dụ 11,3104. Bạn đã nhập “${said.typed}”.`,
      `Latitude is a number from -90 to 90; in Việt Nam 8 to 24, for example 11.3104. You entered “${said.typed}”.`,
    ),
  "longitude-range": (said) =>
    text(
      `Kinh độ là số từ -180 đến 180; ở Việt Nam từ 102 đến 118, ví dụ 106,0989. Bạn đã nhập “${said.typed}”.`,
      `Longitude is a number from -180 to 180; in Việt Nam 102 to 118, for example 106.0989. You entered “${said.typed}”.`,
    ),
  "signature-shape": () =>
    text(
      "Không đọc được chữ ký. Xóa, ký lại; hoặc gõ họ tên.",
      "The signature could not be read. Clear it and sign again, or type the name.",
    ),
  "area-parts": (said) =>
    text(
      `“${said.typed}” chưa đủ xã và tỉnh. Ghi cách nhau bằng dấu phẩy, ví dụ: Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh.`,
      `“${said.typed}” lacks commune or province. Separate them by commas, for example: Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh.`,
    ),
  "name-too-short": () =>
    text(
      "Họ tên cần ít nhất 2 chữ cái. Nhập đầy đủ họ, chữ đệm và tên.",
      "A name needs at least 2 letters. Enter the full name.",
    ),
  "name-too-long": (said) =>
    text(
      `Họ tên dài tối đa 100 ký tự. Bạn đã nhập ${said.typed.length}.`,
      `A name has at most 100 characters. You entered ${said.typed.length}.`,
    ),
  "name-characters": () =>
    text(
      "Họ tên chỉ gồm chữ cái, dấu cách, dấu nháy và gạch nối. Bỏ chữ số và ký hiệu khác.",
      "A name has letters, spaces, apostrophes and hyphens only. Remove digits and other signs.",
    ),
  "name-one-word": () =>
    text(
      "Ghi cả họ và tên, ví dụ: Nguyễn Văn A. Bạn mới nhập một từ.",
      "Enter family name and given name, for example Nguyễn Văn A. You entered one word.",
    ),
  "identity-shape": (said) =>
    text(
      `Số giấy tờ gồm 12 chữ số (căn cước), hoặc 1–2 chữ cái và 6–8 chữ số (hộ chiếu). Bạn đã nhập “${said.typed}”.`,
      `A paper number has 12 digits (identity card), or 1–2 letters and 6–8 digits (passport). You entered “${said.typed}”.`,
    ),
  "identity-length": (said) =>
    text(
      `Số CCCD có 12 chữ số. Bạn đã nhập ${digitsIn(said.typed)}.`,
      `An identity card number has 12 digits. You entered ${digitsIn(said.typed)}.`,
    ),
  "identity-province": (said) =>
    text(
      `Ba số đầu “${said.typed.slice(0, 3)}” không phải mã tỉnh hay mã nước nào. Xem lại số trên thẻ.`,
      `The first three digits “${said.typed.slice(0, 3)}” are no province or country. Check the number on the card.`,
    ),
  "identity-birth": (said) =>
    text(
      `Số CCCD “${said.typed}” không khớp với năm sinh đã nhập. Xem lại số hoặc ngày sinh.`,
      `The number “${said.typed}” does not agree with the year of birth. Check the number or the date.`,
    ),
  "identity-cmnd-over": () =>
    text(
      "Chứng minh nhân dân 9 số hết giá trị từ 01/01/2025. Nhập số căn cước 12 chữ số.",
      "The nine-digit identity card lost its force on 01/01/2025. Enter the 12-digit number.",
    ),
  "identity-paper": (said) =>
    text(
      `Ở đây cần ${said.limit ?? "loại giấy tờ khác"}. Bạn đã nhập “${said.typed}”.`,
      `Another kind of paper is needed here. You entered “${said.typed}”.`,
    ),
  "phone-digits": (said) =>
    text(
      `Số điện thoại chỉ gồm chữ số. Bạn đã nhập “${said.typed}”.`,
      `A phone number has digits only. You entered “${said.typed}”.`,
    ),
  "phone-length": (said) =>
    text(
      `Số di động có 10 chữ số, số cố định 11 chữ số. Bạn đã nhập ${digitsIn(said.typed)}.`,
      `A mobile number has 10 digits, a landline 11. You entered ${digitsIn(said.typed)}.`,
    ),
  "phone-prefix": (said) =>
    text(
      `Không có đầu số ${said.typed.slice(0, 3)}. Xem lại số, ví dụ 0900000123.`,
      `No network uses ${said.typed.slice(0, 3)}. Check the number, for example 0900000123.`,
    ),
  "email-shape": (said) =>
    text(
      `Email có dạng ten@nhacungcap.vn. Bạn đã nhập “${said.typed}”.`,
      `An e-mail looks like name@provider.vn. You entered “${said.typed}”.`,
    ),
  "email-too-long": () => text("Email dài tối đa 254 ký tự.", "An e-mail has at most 254 characters."),
  "tax-digits": (said) =>
    text(
      `Mã số thuế chỉ gồm chữ số. Bạn đã nhập “${said.typed}”.`,
      `A tax code has digits only. You entered “${said.typed}”.`,
    ),
  "tax-length": (said) =>
    text(
      `Mã số thuế có 10 chữ số, chi nhánh 13, cá nhân 12. Bạn đã nhập ${digitsIn(said.typed)}.`,
      `A tax code has 10 digits, a branch 13, a person 12. You entered ${digitsIn(said.typed)}.`,
    ),
  "tax-checksum": () =>
    text(
      "Mã số thuế này không đúng chữ số kiểm tra. Xem lại trên giấy đăng ký, thường sai một chữ số.",
      "The check digit of this tax code is wrong. Look at the registration paper; usually one digit is mistaken.",
    ),
  "date-shape": (said) =>
    text(
      `Ghi ngày/tháng/năm, ví dụ 22/07/2020. Bạn đã nhập “${said.typed}”.`,
      `Write day/month/year, for example 22/07/2020. You entered “${said.typed}”.`,
    ),
  "date-not-real": (said) =>
    text(
      `Không có ngày “${said.typed}” trong lịch. Xem lại ngày và tháng.`,
      `There is no day “${said.typed}”. Check day and month.`,
    ),
  "date-partial-shape": (said) =>
    text(
      `Ghi ngày/tháng/năm, hoặc chỉ năm nếu không rõ, ví dụ 1990. Bạn đã nhập “${said.typed}”.`,
      `Write day/month/year, or the year alone when unknown, for example 1990. You entered “${said.typed}”.`,
    ),
  "date-future": (said) =>
    text(
      `Ngày này còn ở tương lai. Hôm nay là ${formatDate(said.today)}; nhập một ngày đã qua.`,
      `This day is in the future. Today is ${formatDate(said.today)}; enter a past day.`,
    ),
  "date-too-late": (said) =>
    text(`Muộn nhất là ${said.limit}. Xem lại năm.`, `The latest possible is ${said.limit}. Check the year.`),
  "date-too-old": (said) =>
    text(`Sớm nhất là ${said.limit}. Xem lại năm.`, `The earliest possible is ${said.limit}. Check the year.`),
  "number-shape": (said) =>
    text(
      `Nhập một số nguyên, ví dụ 3. Bạn đã nhập “${said.typed}”.`,
      `Enter a whole number, for example 3. You entered “${said.typed}”.`,
    ),
  "decimal-shape": (said) =>
    text(
      `Nhập một số, ví dụ 35,5. Bạn đã nhập “${said.typed}”.`,
      `Enter a number, for example 35.5. You entered “${said.typed}”.`,
    ),
  "number-too-small": (said) =>
    text(`Ít nhất là ${said.limit}. Bạn đã nhập ${said.typed}.`, `At least ${said.limit}. You entered ${said.typed}.`),
  "number-too-large": (said) =>
    text(
      `Nhiều nhất là ${said.limit}. Bạn đã nhập ${said.typed}.`,
      `At most ${said.limit}. You entered ${said.typed}.`,
    ),
  "text-too-long": (said) =>
    text(
      `Dài tối đa ${said.limit} ký tự. Bạn đã nhập ${formatInteger(said.typed.length)}. Rút gọn lại.`,
      `At most ${said.limit} characters. You entered ${formatInteger(said.typed.length)}. Shorten it.`,
    ),
  "choice-unknown": (said) =>
    text(
      `“${said.typed}” không có trong danh sách. Chọn lại “${name(said).vi}”.`,
      `“${said.typed}” is not in the list. Choose “${name(said).en}” again.`,
    ),
  "answer-shape": (said) =>
    text(`Không đọc được “${name(said).vi}”. Nhập lại.`, `“${name(said).en}” could not be read. Enter it again.`),
} as const satisfies Record<string, Sentence>;

export type FieldReason = keyof typeof FIELD_MESSAGES;

export function rowsMessage(row: Text, limit: number, kind: "too-few" | "too-many"): Text {
  return kind === "too-few"
    ? text(
        `Cần ít nhất ${limit} ${row.vi.toLowerCase()}. Bấm “Thêm dòng”.`,
        `At least ${limit} needed: ${row.en}. Press “Add a row”.`,
      )
    : text(
        `Nhiều nhất ${limit} ${row.vi.toLowerCase()}. Xóa bớt dòng.`,
        `At most ${limit}: ${row.en}. Remove some rows.`,
      );
}
