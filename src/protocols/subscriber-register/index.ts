/**
 * The mobile operators' register of subscribers: is this number registered to this person ("chính chủ")?
 *
 * `POST {url}`, `Authorization: Bearer {key}`, JSON `SubscriberQuery` → 200 `SubscriberAnswer`. The register answers yes,
 * no or unknown and gives nothing else away: not whose number it is (Decree 49/2017/NĐ-CP Đ1: subscriber data are the
 * operator's to keep). Examples in `examples/`.
 */
export { askSubscriberRegister, type SubscriberRegister, subscriberRegisterAt } from "./client.ts";
export { isSubscriberQuery, type SubscriberAnswer, type SubscriberQuery } from "./messages.ts";
