/** How papers go in and the result comes out, asked with the same engine as the form itself. */
import type { Answers, FormContext, FormDefinition, FormPage } from "#province/forms/index.ts";
import { answerAt, isAddress, pruneAnswers } from "#province/forms/index.ts";
import { formatDong } from "#kit/money.ts";
import { postageOf, publicPostRules } from "#province/postage/index.ts";
import { wayOf } from "#province/procedure/index.ts";
import { PARTS_SECTION } from "./parts-delivery.ts";
import type { Channel, Delivery, DeliveryUnit } from "./dossier.ts";
import { textsForOfficer } from "./officer-words.ts";

/** A letter of 100 g by the newest table: what people can reckon with before they choose. */
const LETTER = (() => {
  const rules = publicPostRules();
  const on = rules.tables.map(({ validFrom }) => validFrom).reduce((a, b) => (a > b ? a : b), "");
  const price = (zone: "province" | "country") => formatDong(postageOf(rules, { on, zone, grams: 100 })?.amount ?? 0);
  return { province: price("province"), country: price("country") };
})();

const DELIVERY_PAGE: FormPage = {
  id: "delivery",
  title: { vi: "Cách nộp và nhận kết quả", en: "Handing in and receiving" },
  sections: [
    {
      id: "deliveryHandInSection",
      title: { vi: "Nộp giấy tờ", en: "Handing in papers" },
      items: [
        {
          id: "deliveryHandIn",
          type: "choice",
          label: { vi: "Bản giấy, nếu cơ quan cần đối chiếu", en: "Paper originals, if the office must compare them" },
          required: true,
          default: "online",
          choices: [
            {
              value: "online",
              label: { vi: "Chỉ nộp trên mạng", en: "Online only" },
              hint: {
                vi: "Mang bản chính khi đến nhận, nếu được yêu cầu.",
                en: "Bring originals when you collect, if asked.",
              },
            },
            {
              value: "home",
              label: { vi: "Nộp hồ sơ tại nhà", en: "Hand in at home" },
              hint: {
                vi: `Nhân viên bưu chính công ích đến nhận giấy tờ; trả cước khi giao, thư đến 100 g: trong tỉnh ${LETTER.province}, tỉnh khác ${LETTER.country}.`,
                en: `The public post collects the papers from you; you pay the courier, a letter up to 100 g: within the province ${LETTER.province}, elsewhere ${LETTER.country}.`,
              },
            },
          ],
        },
        {
          id: "deliveryHandInAddress",
          type: "address",
          label: { vi: "Địa chỉ đến nhận giấy tờ", en: "Where the papers are collected" },
          when: { eq: ["deliveryHandIn", "home"] },
          required: true,
          prefill: { from: "account.address" },
        },
      ],
    },
    {
      id: "deliveryReceiveSection",
      title: { vi: "Nhận kết quả", en: "Receiving the result" },
      items: [
        {
          id: "deliveryReceive",
          type: "choice",
          label: { vi: "Bạn nhận kết quả ở đâu?", en: "Where do you receive the result?" },
          required: true,
          default: "online",
          choices: [
            {
              value: "online",
              label: { vi: "Tải bản điện tử có chữ ký số", en: "Download the signed electronic result" },
              hint: { vi: "Có trong tài khoản ngay khi được ký.", en: "In your account as soon as it is signed." },
            },
            { value: "desk", label: { vi: "Đến nhận tại bộ phận một cửa", en: "Collect at the one-stop unit" } },
            {
              value: "home",
              label: { vi: "Nhận kết quả tại nhà", en: "Receive at home" },
              hint: {
                vi: `Qua bưu chính công ích, cước theo cân nặng; thư đến 100 g: trong tỉnh ${LETTER.province}, tỉnh khác ${LETTER.country}.`,
                en: `By the public post, for postage by weight; a letter up to 100 g: within the province ${LETTER.province}, elsewhere ${LETTER.country}.`,
              },
            },
          ],
        },
        {
          id: "deliveryReceiveAddress",
          type: "address",
          label: { vi: "Địa chỉ nhận kết quả", en: "Where the result is sent" },
          when: { eq: ["deliveryReceive", "home"] },
          required: true,
          prefill: { from: "account.address" },
        },
        {
          id: "deliveryPostage",
          type: "choice",
          label: { vi: "Trả cước bưu chính thế nào?", en: "How is the postage paid?" },
          when: { eq: ["deliveryReceive", "home"] },
          // Who files by program and says nothing pays at the door.
          required: false,
          default: "door",
          choices: [
            {
              value: "door",
              label: { vi: "Trả cho bưu tá khi nhận", en: "To the courier on delivery" },
            },
            {
              value: "hub",
              label: { vi: "Trả trước trên mạng", en: "Online, beforehand" },
              hint: {
                vi: "Khi có kết quả, khoản cước hiện trong hồ sơ; trả xong thì kết quả được gửi đi.",
                en: "Once there is a result the postage stands in your dossier; it is sent when that is paid.",
              },
            },
          ],
        },
      ],
    },
  ],
};

/** The same page for a linked filing, which is asked one thing more. */
const withParts = (page: FormPage): FormPage => ({ ...page, sections: [...page.sections, PARTS_SECTION] });
const ONLINE_PAGE = withParts(DELIVERY_PAGE);

export const DELIVERY_FORM: FormDefinition = {
  id: "delivery",
  version: 1,
  title: DELIVERY_PAGE.title,
  pages: [ONLINE_PAGE],
};

/** Papers are in the officer's hands already: only the result is asked about, and most people come for it. */
const COUNTER_PAGE: FormPage = withParts({
  ...DELIVERY_PAGE,
  title: { vi: "Nhận kết quả", en: "Receiving the result" },
  sections: DELIVERY_PAGE.sections
    .filter(({ id }) => id === "deliveryReceiveSection")
    .map((section) => ({
      ...section,
      items: section.items.map((item) => (item.id === "deliveryReceive" ? { ...item, default: "desk" } : item)),
    })),
});

const OFFICER_PAGE: FormPage = textsForOfficer<FormPage>(COUNTER_PAGE);
const COUNTER_FORM: FormDefinition = { ...DELIVERY_FORM, title: OFFICER_PAGE.title, pages: [OFFICER_PAGE] };

/** The questions of the delivery, by how the dossier comes in. */
export function deliveryForm(channel: Channel): { readonly form: FormDefinition; readonly page: FormPage } {
  return wayOf(channel) === "online"
    ? { form: DELIVERY_FORM, page: ONLINE_PAGE }
    : { form: COUNTER_FORM, page: OFFICER_PAGE };
}

/** From answers that passed the check to what a dossier keeps. */
export function deliveryFrom(answers: Answers, context: FormContext, channel: Channel): Delivery {
  const kept = pruneAnswers(deliveryForm(channel).form, answers, context);
  const way = wayOf(channel);
  const line = (id: string): string | undefined => {
    const value = answerAt(kept, id);
    return isAddress(value) ? [value.detail, value.area].filter(Boolean).join(", ") : undefined;
  };
  const receive = answerAt(kept, "deliveryReceive");
  const parts = answerAt(kept, "deliveryParts");
  const unit = (id: string): DeliveryUnit | undefined => {
    const value = answerAt(kept, id);
    return isAddress(value) && value.commune && value.system
      ? { system: value.system, code: value.commune }
      : undefined;
  };
  const handInAddress = line("deliveryHandInAddress");
  const receiveAddress = line("deliveryReceiveAddress");
  const handInUnit = unit("deliveryHandInAddress");
  const receiveUnit = unit("deliveryReceiveAddress");
  return {
    handIn:
      way === "counter"
        ? "desk"
        : way === "post"
          ? "post"
          : answerAt(kept, "deliveryHandIn") === "home"
            ? "home"
            : "online",
    receive: receive === "home" || receive === "desk" ? receive : "online",
    ...(parts === "together" || parts === "as-ready" ? { parts } : {}),
    ...(handInAddress ? { handInAddress } : {}),
    ...(receiveAddress ? { receiveAddress } : {}),
    ...(handInUnit ? { handInUnit } : {}),
    ...(receiveUnit ? { receiveUnit } : {}),
    ...(answerAt(kept, "deliveryPostage") === "hub" ? { postage: "hub" as const } : {}),
  };
}
