/** A province as a tenant: what `provinces/<code>/province.json` says, and the units it unfolds to. */
import type { Text } from "#kit/i18n.ts";
import type { DayOff, HoursSetting } from "#province/deadlines/index.ts";
import type { AgencyType, Level, LocalResolution, ServiceRegime, SupplementRule } from "#province/procedure/index.ts";

/** A unit that receives dossiers. `id` never changes; `identifier` is what official dossier codes begin with. */
export type Agency = {
  readonly id: string;
  readonly identifier: string;
  readonly type: AgencyType;
  readonly level: Level;
  /** "Ủy ban nhân dân thị trấn Bến Cầu" */
  readonly name: Text;
  /** "Thị trấn Bến Cầu", as lists and tables say it. */
  readonly shortName: Text;
  /** The district that a commune belongs to; the province's own committee for the rest. */
  readonly parentId: string | null;
  /** Code of the General Statistics Office, for communes and districts. */
  readonly gso: string | null;
  readonly phone: string | null;
};

export type Payee = {
  readonly id: string;
  /** Absent: every agency that no other payee names. */
  readonly agencies?: readonly string[];
  /** As the bank writes it: capitals without marks. */
  readonly holder: string;
  readonly holderName: Text;
  readonly bankCode: string;
  readonly bankName: string;
  readonly account: string;
  /** Who collects, for receipts (Decree 254/2026/NĐ-CP art. 23.2): the agency's name is the dossier's own. */
  readonly collector: { readonly taxCode: string; readonly address: string };
};

export type Letterhead = {
  /** The body above a department, as this province writes it; absent: the name of the province's own committee. */
  readonly superior?: string;
  /** "Bộ phận Một cửa", "Trung tâm Phục vụ hành chính công"; absent: the unit's own name. */
  readonly oneStopUnit?: string;
  /** Where questions go, a line at the foot: "Tổng đài 1022 · dichvucong.tayninh.gov.vn". */
  readonly contact?: string;
};

export type Contact = { readonly name: Text; readonly phone: string };

export type Tenant = {
  readonly code: string;
  readonly name: Text;
  readonly provinceName: Text;
  readonly portalName: Text;
  readonly deskName: Text;
  /** Level-1 identifier of the national list, e.g. H53. */
  readonly identifier: string;
  readonly gso: string;
  /** Rules of the years this tenant lives in; each is a setting of the owner, picked by date in law. */
  readonly era: {
    readonly levels: readonly Level[];
    readonly serviceRegime: ServiceRegime;
    /** qcvn-102: 000.20.31.H53-YYMMDD-NNNN (Circular 01/2018/TT-VPCP art. 19). */
    readonly dossierCode: "qcvn-102" | "circular-04-2025";
    readonly slips: "circular-01-2018" | "circular-03-2025";
  };
  readonly theme: { readonly accent: string; readonly second?: string };
  readonly labels: { readonly submit: Text; readonly account: Text; readonly transactions: Text; readonly pay: Text };
  /** Is a security code asked for when a dossier is sent? */
  readonly askSecurityCode: boolean;
  /** Accounts of the province's own, confirmed by an e-mailed link. */
  readonly localAccounts: boolean;
  /** Days of the calendar within which feedback (phản ánh, kiến nghị) is answered. */
  readonly feedbackDays: number;
  /** How long a citizen has to answer a supplement request, and what then. */
  readonly supplements: SupplementRule;
  /** What this province prints at the head and the foot of its slips besides the law's own words. */
  readonly letterhead: Letterhead;
  readonly payment: { readonly supplier: string; readonly supplierName: string; readonly payees: readonly Payee[] };
  readonly hours: readonly HoursSetting[];
  readonly ownDaysOff: readonly DayOff[];
  /** Resolutions of the provincial council, by fee rule code. */
  readonly localAmounts: Readonly<Record<string, readonly LocalResolution[]>>;
  readonly contacts: readonly Contact[];
  /** Province's own committee first, then departments, districts and communes. */
  readonly agencies: readonly Agency[];
};

/** The file as written: districts and communes in short. */
export type ProvinceFile = Omit<Tenant, "agencies" | "feedbackDays" | "supplements" | "letterhead"> & {
  readonly feedbackDays?: number;
  readonly supplements?: SupplementRule;
  readonly letterhead?: Letterhead;
  readonly agencies: readonly {
    id: string;
    identifier: string;
    type: AgencyType;
    level: Level;
    name: Text;
    shortName: Text;
    phone?: string;
  }[];
  readonly districts: readonly {
    gso: string;
    identifier: string;
    name: string;
    communes: readonly { gso: string; identifier: string; name: string }[];
  }[];
  /** Directly under the province: the two-level system since 1 July 2025. */
  readonly communes?: readonly { gso: string; identifier: string; name: string }[];
};
