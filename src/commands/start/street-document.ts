import type { Config } from "../../kit/config.ts";
import { demoCaptcha, demoCitizens, demoOfficers, demoOperators, demoUnregistered } from "../../kit/demo.ts";
import { demoCards, demoWallets } from "../../kit/demo-money.ts";
import type { ProcessFact } from "./supervisor.ts";

/** `GET /.well-known/motcua.json`: the start page for programs. Exists in demo mode only. */
export function streetDocument(config: Config, processes: readonly ProcessFact[]) {
  return {
    national: { origin: config.origins.national },
    provinces: config.origins.provinces.map(({ code, name, portal, desk }) => ({
      code,
      name,
      portal: { origin: portal },
      desk: { origin: desk },
    })),
    sandbox: { origin: config.origins.sandbox, messages: `${config.origins.sandbox}/messages` },
    processes: processes.map(({ role, pid }) => ({ role, pid })),
    demo: {
      citizens: demoCitizens.map(({ identityNumber, password, name, phone }) => ({
        identityNumber,
        password,
        name,
        phone,
      })),
      unregistered: demoUnregistered.map(({ identityNumber, name, birthDate, phone }) => ({
        identityNumber,
        name,
        birthDate,
        phone,
      })),
      officers: demoOfficers.map(({ username, password, totpSecret, name, role, unit, province }) => ({
        username,
        password,
        totpSecret,
        name,
        role,
        unit,
        province,
      })),
      operators: demoOperators,
      cards: demoCards,
      wallets: demoWallets,
      captcha: demoCaptcha,
    },
  };
}
