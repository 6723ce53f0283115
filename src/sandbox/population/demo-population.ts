/**
 * The demo's people as the population database writes them: citizens, and relatives that nobody can sign in as. An, Ngọc
 * and their parents are one family; Đức is single; Uyên's old entries know years only.
 */
import { demoCitizens, type DemoPerson, demoUnregistered } from "#kit/demo.ts";

export interface Relative {
  readonly name: string;
  readonly identityNumber?: string;
  readonly birthDate?: string;
  readonly ethnicGroup?: string;
  readonly nationality?: string;
  readonly residence?: string;
}

export interface Entry extends Relative {
  readonly identityNumber: string;
  readonly birthDate: string;
  readonly sex: "male" | "female";
  readonly maritalStatus: "single" | "married" | "divorced" | "widowed";
  readonly hometown: string;
  readonly birthPlace: string;
  readonly currentResidence?: string;
  readonly cardIssuedOn: string;
  readonly cardIssuedBy: string;
  readonly father?: Relative;
  readonly mother?: Relative;
  readonly spouse?: Relative;
}

const POLICE = "Cục Cảnh sát quản lý hành chính về trật tự xã hội";
const MINISTRY = "Bộ Công an";
const TAY_NINH = "Phường 1, Thành phố Tây Ninh, Tỉnh Tây Ninh";
const TAN_BIEN = "Thị trấn Tân Biên, Huyện Tân Biên, Tỉnh Tây Ninh";
const KON_TUM = "Phường Quang Trung, Thành phố Kon Tum, Tỉnh Kon Tum";
const anHome = `12 Đường 30 Tháng 4, ${TAY_NINH}`;
const ngocHome = `Khu phố 2, ${TAN_BIEN}`;

const kinh = { ethnicGroup: "01", nationality: "VN" } as const;

/** By identity number: what an entry has besides the person's own data. */
const MORE: Readonly<
  Record<string, Omit<Entry, "identityNumber" | "name" | "birthDate" | "sex"> & { readonly residence: string }>
> = {
  "072090000101": {
    ...kinh,
    maritalStatus: "married",
    hometown: TAY_NINH,
    birthPlace: "Bệnh viện Đa khoa Tây Ninh, Tỉnh Tây Ninh",
    residence: anHome,
    cardIssuedOn: "2021-06-18",
    cardIssuedBy: POLICE,
    father: {
      ...kinh,
      name: "Nguyễn Văn Hòa",
      identityNumber: "072060000104",
      birthDate: "1960-07-20",
      residence: anHome,
    },
    mother: { ...kinh, name: "Lê Thị Mai", identityNumber: "072163000105", birthDate: "1963", residence: anHome },
    spouse: {
      ...kinh,
      name: "Trần Thị Bích Ngọc",
      identityNumber: "072194000102",
      birthDate: "1994-09-03",
      residence: ngocHome,
    },
  },
  "072194000102": {
    ...kinh,
    maritalStatus: "married",
    hometown: TAN_BIEN,
    birthPlace: "Trung tâm Y tế huyện Tân Biên, Tỉnh Tây Ninh",
    residence: ngocHome,
    currentResidence: anHome,
    cardIssuedOn: "2022-03-07",
    cardIssuedBy: POLICE,
    father: { ...kinh, name: "Trần Văn Lộc", identityNumber: "072066000106", birthDate: "1966-01-15" },
    mother: { ...kinh, name: "Phan Thị Sen", identityNumber: "072168000107", birthDate: "1968-11-02" },
    spouse: {
      ...kinh,
      name: "Nguyễn Văn An",
      identityNumber: "072090000101",
      birthDate: "1990-02-11",
      residence: anHome,
    },
  },
  "062085000103": {
    ethnicGroup: "12",
    nationality: "VN",
    maritalStatus: "single",
    hometown: KON_TUM,
    birthPlace: KON_TUM,
    residence: `45 Phan Đình Phùng, ${KON_TUM}`,
    cardIssuedOn: "2021-10-11",
    cardIssuedBy: POLICE,
    father: { ethnicGroup: "12", nationality: "VN", name: "A Blưn", birthDate: "1958" },
    mother: { ethnicGroup: "12", nationality: "VN", name: "Y Hlem Kđăm", birthDate: "1961" },
  },
  "072196000201": {
    ...kinh,
    maritalStatus: "single",
    hometown: TAY_NINH,
    birthPlace: TAY_NINH,
    residence: anHome,
    cardIssuedOn: "2023-02-14",
    cardIssuedBy: POLICE,
    father: { ...kinh, name: "Lê Văn Út", identityNumber: "072065000204", birthDate: "1965-04-09" },
    mother: { ...kinh, name: "Ngô Thị Lan", identityNumber: "072170000205", birthDate: "1970-12-01" },
  },
  "072202000202": {
    ...kinh,
    maritalStatus: "single",
    hometown: TAN_BIEN,
    birthPlace: TAN_BIEN,
    residence: ngocHome,
    cardIssuedOn: "2024-08-20",
    cardIssuedBy: MINISTRY,
    mother: { ...kinh, name: "Phạm Thị Yến", identityNumber: "072178000206", birthDate: "1978-06-25" },
  },
  "062188000203": {
    ...kinh,
    maritalStatus: "divorced",
    hometown: KON_TUM,
    birthPlace: KON_TUM,
    residence: `45 Phan Đình Phùng, ${KON_TUM}`,
    cardIssuedOn: "2021-12-30",
    cardIssuedBy: POLICE,
    father: { ...kinh, name: "Đặng Văn Tư", birthDate: "1955" },
    mother: { ...kinh, name: "Võ Thị Ba", birthDate: "1959" },
  },
};

export const demoPopulation: readonly Entry[] = [...demoCitizens, ...demoUnregistered].flatMap(
  ({ identityNumber, name, birthDate, sex }: DemoPerson): readonly Entry[] => {
    const more = MORE[identityNumber];
    return more ? [{ identityNumber, name, birthDate, sex, ...more }] : [];
  },
);
