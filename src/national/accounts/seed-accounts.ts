/** The demo's citizens as accounts. Repeating it changes nothing, also not a password that somebody changed. */
import { hashPassword } from "#kit/crypto.ts";
import type { Database } from "#kit/db.ts";
import { type DemoAddress, demoCitizens } from "#kit/demo.ts";
import type { PostalAddress } from "./account.ts";
import { addSeedAccount, countAccounts, findAccount } from "./accounts-store.ts";

export async function seedDemoAccounts(database: Database): Promise<number> {
  let added = 0;
  for (const citizen of demoCitizens) {
    if (await findAccount(database, citizen.techId)) continue;
    const account = {
      id: citizen.techId,
      identityNumber: citizen.identityNumber,
      name: citizen.name.normalize("NFC"),
      birthDate: citizen.birthDate,
      sex: citizen.sex,
      phone: citizen.phone,
      email: citizen.email,
      address: await addressOf(citizen.address),
      passwordHash: await hashPassword(citizen.password),
    };
    if (await addSeedAccount(database, account)) added += 1;
  }
  return added;
}

/** Demo accounts in this database, for the check before production. */
export async function findDemoAccounts(database: Database): Promise<string[]> {
  const count = await countAccounts(
    database,
    demoCitizens.map((citizen) => citizen.techId),
  );
  return count > 0 ? [`${count} demo citizens have accounts`] : [];
}

/** The line people write, from the names of the units in force until 30 June 2025. */
async function addressOf(address: DemoAddress): Promise<PostalAddress> {
  const [communes, districts, provinces] = await Promise.all([
    import("vietnam-provinces-js/communes"),
    import("vietnam-provinces-js/districts"),
    import("vietnam-provinces-js/provinces"),
  ]);
  const [commune, district, all] = await Promise.all([
    communes.getCommuneById(address.commune),
    districts.getDistrictById(address.district),
    provinces.getAllProvince(),
  ]);
  const province = all.find((one) => one.idProvince === address.province);
  const names = [address.street, commune?.name, district?.name, province?.name].filter((name) => name !== undefined);
  return { ...address, formatted: names.join(", ").normalize("NFC") };
}
