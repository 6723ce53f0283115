import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readIdentityQr } from "./identity-qr.ts";

const CARD = "072090001234|290123456|Nguyễn Thị Ngọc Ẩn|02031990|Nữ|Ấp 3, Thị trấn Bến Cầu, Bến Cầu, Tây Ninh|10052021";

describe("the QR code of an identity card", () => {
  test("fills number, former number, name, birth date and address", () => {
    const card = { ...cardOf(CARD) };
    assert.deepEqual(card, {
      identityNumber: "072090001234",
      formerNumber: "290123456",
      name: "Nguyễn Thị Ngọc Ẩn",
      birthDate: "1990-03-02",
      address: "Ấp 3, Thị trấn Bến Cầu, Bến Cầu, Tây Ninh",
    });
  });

  test("is read when the scanner decomposes marks, when there was no former number, and with the fields of newer cards", () => {
    assert.equal(cardOf(CARD.normalize("NFD"))?.name, "Nguyễn Thị Ngọc Ẩn");
    assert.equal(cardOf(CARD.replace("290123456", ""))?.formerNumber, undefined);
    assert.equal(cardOf(`${CARD}|||Nguyễn Văn Bảy|Trần Thị Tám|`)?.identityNumber, "072090001234");
  });

  test("is refused with what is wrong", () => {
    const wrong = (text: string) => {
      const reading = readIdentityQr(text);
      return reading.ok ? "read" : reading.reason;
    };
    assert.equal(wrong("https://example.vn/abc"), "not-a-card");
    assert.equal(wrong(CARD.replace("02031990", "31021990")), "birth");
    assert.equal(wrong(CARD.replace("072090001234", "0720900012")), "number");
    // The number says another year of birth than the card.
    assert.equal(wrong(CARD.replace("072090001234", "072085001234")), "number");
    assert.equal(wrong(CARD.replace("Nguyễn Thị Ngọc Ẩn", "<script>")), "name");
  });
});

function cardOf(text: string) {
  const reading = readIdentityQr(text);
  return reading.ok ? reading.card : undefined;
}
