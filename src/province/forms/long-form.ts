/** For tests and benchmarks: a form as long as one likes, with answers that are right. */
import type { Answers, FormDefinition } from "./form.ts";

const label = (name: string) => ({ vi: name, en: name });

/** So many questions of the usual kinds, a third of them conditional, on one page. */
export function longForm(count: number): { readonly form: FormDefinition; readonly answers: Answers } {
  const answers: Record<string, Answers[string]> = {};
  const items = Array.from({ length: count }, (_, index) => {
    const id = `q${index}`;
    const base = { id, label: label(`Câu hỏi số ${index + 1} của tờ khai`), required: true };
    switch (index % 6) {
      case 0:
        answers[id] = "Nguyễn Thị Minh Khai";
        return { ...base, type: "personName" as const };
      case 1:
        answers[id] = "072090001234";
        return { ...base, type: "identityNumber" as const };
      case 2:
        answers[id] = "2020-07-22";
        return { ...base, type: "date" as const, latest: 0, when: { not: { empty: `q${index - 2}` } } };
      case 3:
        answers[id] = { detail: "12 ấp 3", area: "Thị trấn Bến Cầu, Huyện Bến Cầu, Tỉnh Tây Ninh" };
        return { ...base, type: "address" as const };
      case 4:
        answers[id] = "a";
        return {
          ...base,
          type: "choice" as const,
          choices: ["a", "b", "c"].map((value) => ({ value, label: label(value) })),
        };
      default:
        answers[id] = 120_000;
        return { ...base, type: "money" as const, when: { eq: [`q${index - 1}`, "a"] as const } };
    }
  });
  const section = { id: "all", title: label("Tất cả"), items };
  return {
    form: {
      id: "long",
      version: 1,
      title: label("Tờ khai dài"),
      pages: [{ id: "all", title: label("Tất cả"), sections: [section] }],
    },
    answers,
  };
}
