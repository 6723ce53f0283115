/** Asked of a linked filing alone: whether its results come together or each as soon as it is there. */
import type { FormSection } from "#province/forms/index.ts";

/** The fact that makes the question appear. */
export const PARTS_FACT = "filing.parts";

export const PARTS_SECTION: FormSection = {
  id: "deliveryPartsSection",
  title: { vi: "Kết quả của các phần", en: "Results of the parts" },
  when: { not: { empty: PARTS_FACT } },
  items: [
    {
      id: "deliveryParts",
      type: "choice",
      label: { vi: "Bạn nhận kết quả các phần thế nào?", en: "How do you receive the results?" },
      required: true,
      default: "as-ready",
      choices: [
        {
          value: "as-ready",
          label: { vi: "Phần nào xong trả phần đó", en: "Each as soon as it is ready" },
          hint: {
            vi: "Kết quả đầu tiên đến sớm nhất, các kết quả khác đến sau.",
            en: "The first result comes at once, the others follow.",
          },
        },
        {
          value: "together",
          label: { vi: "Trả cùng một lần", en: "All at once" },
          hint: {
            vi: "Khi phần cuối cùng xong, tất cả kết quả được trả cùng lúc.",
            en: "When the last part is done, all results are returned at the same time.",
          },
        },
      ],
    },
  ],
};
