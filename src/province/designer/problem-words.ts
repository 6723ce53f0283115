/** What the checks of definitions say, in words for people. What is not known here is said as the check says it. */
import type { Text } from "#kit/i18n.ts";

const WORDS: readonly (readonly [pattern: RegExp, vi: string, en: string])[] = [
  [
    /^needs its words in Vietnamese and English$/,
    "thiếu lời tiếng Việt hoặc tiếng Anh",
    "needs its words in Vietnamese and English",
  ],
  [/^must NOT have fewer than 1 characters$/, "còn trống", "is empty"],
  [/^must NOT have fewer than 1 items$/, "chưa có mục nào", "has nothing in it"],
  [/^"(.+)" is missing$/, "thiếu “$1”", '"$1" is missing'],
  [/^unknown entry "(.+)"$/, "có mục lạ “$1”", 'unknown entry "$1"'],
  [/^must be one of (.+)$/, "phải là một trong: $1", "must be one of $1"],
  [/^must match pattern .+$/, "không đúng dạng", "is not of the right form"],
  [
    /^must be a text, a number, true or false$/,
    "phải là chữ, số, true hoặc false",
    "must be a text, a number, true or false",
  ],
  [
    /^must be a calculation$/,
    "phải là một phép tính đúng dạng: sum, product, difference, quotient, min, max, round, count, total, days, years, age",
    "must be a calculation: sum, product, difference, quotient, min, max, round, count, total, days, years, age",
  ],
  [/^is no condition$/, "điều kiện không đọc được", "is no condition"],
  [/^has no items$/, "chưa có câu hỏi nào", "has no questions"],
  [/^has no sections$/, "chưa có phần nào", "has no sections"],
  [/^has no pages$/, "chưa có trang nào", "has no pages"],
  [/^has no choices$/, "chưa có lựa chọn nào", "has no choices"],
  [/^a choice stands twice$/, "có hai lựa chọn cùng mã", "a choice stands twice"],
  [/^id used twice$/, "mã dùng hai lần", "id used twice"],
  [/^id must be .+$/, "mã không đúng dạng", "the id is not of the right form"],
  [/^unknown item (.*)$/, "nhắc đến câu hỏi không có: “$1”", "names a question that is not there: “$1”"],
  [/^unknown fact (.*)$/, "nhắc đến dữ kiện không có: “$1”", "names a fact that is not there: “$1”"],
  [/^unknown type (.*)$/, "loại câu trả lời lạ: “$1”", "unknown type “$1”"],
  [/^(\S+) has no choice (.*)$/, "câu hỏi “$1” không có lựa chọn “$2”", "the question “$1” has no choice “$2”"],
  [/^depends on itself(.*)$/, "phụ thuộc vào chính nó$1", "depends on itself$1"],
  [/^min is above max$/, "số nhỏ nhất lớn hơn số lớn nhất", "min is above max"],
  [/^the form has no item "(.+)"$/, "biểu mẫu không có câu hỏi “$1”", 'the form has no item "$1"'],
  [/^no case "(.+)"$/, "không có trường hợp “$1”", 'no case "$1"'],
  [/^(\S+) is given twice$/, "mã “$1” dùng hai lần", "$1 is given twice"],
  [
    /^there is no form\.json beside it$/,
    "nộp được trên cổng nhưng chưa có biểu mẫu",
    "it can be filed but has no form",
  ],
  [
    /^it can be filed online but "online" has no limit$/,
    "nộp được trực tuyến nhưng chưa có thời hạn cho cách nộp trực tuyến",
    "it can be filed online but has no time limit for it",
  ],
  [/^"(.+)" has two limits$/, "cách nộp “$1” có hai thời hạn", '"$1" has two time limits'],
  [/^ends before it begins$/, "hết hiệu lực trước khi có hiệu lực", "ends before it begins"],
  [
    /^a service that is not wholly online needs one$/,
    "dịch vụ chưa toàn trình phải nêu lý do",
    "a service that is not wholly online needs its reason",
  ],
  [
    /^a file needs the code of its component$/,
    "câu hỏi tệp cần mã giấy tờ của thủ tục",
    "a file needs the code of its paper",
  ],
  [
    /^(\S+) stands in rows of (\S+) and has no single answer here$/,
    "“$1” nằm trong các dòng của “$2” nên không có một câu trả lời",
    "“$1” stands in rows of “$2” and has no single answer here",
  ],
];

/** `part`: which part of the thing it is about, when that is known. */
export function problemWords(problem: string, part: string): Text {
  const before = part === "" ? "" : `${part}: `;
  for (const [pattern, vi, en] of WORDS)
    if (pattern.test(problem))
      return { vi: before + problem.replace(pattern, vi), en: before + problem.replace(pattern, en) };
  return { vi: before + problem, en: before + problem };
}
