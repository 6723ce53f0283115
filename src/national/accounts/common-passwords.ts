/**
 * What people choose most, of at least eight characters, plus the words such passwords are built on. Compared without
 * capitals, marks and blanks. Vietnamese habits are in it: mật khẩu, tên người yêu, tên đội bóng, "anh yêu em" + số.
 */
const list = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

export const COMMON_PASSWORDS: ReadonlySet<string> = list(`
  12345678 123456789 1234567890 0123456789 87654321 987654321 11111111 00000000 88888888 66666666 99999999 12341234
  123123123 12121212 11223344 112233445566 147258369 159357456 123654789 789456123 456789123 321654987 741852963
  963852741 147852369 159753456 123456123 123321123 12344321 12345679 123456780 1234512345 11112222 22222222 33333333
  19911991 19901990 19891989 19921992 19931993 19951995 20002000 20202020 20102010 13572468 24681357 01234567 98765432
  password password1 password12 password123 passw0rd p@ssw0rd p@ssword pa$$word pass1234 pass12345 passpass 1password
  qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 qwerty12345 qwer1234 qwe12345 asdfghjkl asdf1234 asdfasdf zxcvbnm1
  zxcvbnm123 1qaz2wsx 1qazxsw2 qazwsxedc qazwsx123 1q2w3e4r 1q2w3e4r5t q1w2e3r4 q1w2e3r4t5 zaq12wsx abcd1234 abc12345
  abc123456 abcdefgh abcdefg1 a1234567 a12345678 a123456789 aa123456 aaa111222 1234abcd 1234qwer 12qwaszx iloveyou
  iloveyou1 iloveyou2 ilovegod loveyou1 sunshine sunshine1 princess princess1 football football1 baseball basketball
  superman superman1 batman123 spiderman pokemon1 starwars starwars1 trustno1 whatever welcome1 welcome123 computer
  computer1 internet internet1 michelle jennifer jordan23 michael1 charlie1 liverpool liverpool1 chelsea1 arsenal1
  barcelona realmadrid juventus manchester manutd123 admin123 admin1234 administrator letmein1 letmein123 changeme
  changeme1 default1 master123 monkey123 dragon123 shadow123 freedom1 blink182 cocacola samsung1 nokia123 google123
  facebook facebook1 fuckyou1 asshole1 babygirl babygirl1 butterfly chocolate elephant elizabeth alexander alexandra
  benjamin christian december november september snowball anthony1 patrick1 midnight mercedes mustang1 corvette
  maverick metallica swordfish scorpion victoria virginia veronica yankees1 testtest test1234 test12345 tester123
  matkhau1 matkhau123 matkhau12 matkhau1234 matkhaumoi matkhaucu matkhau@123 khongbiet khongcomatkhau khongnho
  anhyeuem anhyeuem1 anhyeuem123 emyeuanh emyeuanh1 yeuemnhieu yeuanhnhieu nhoemnhieu conyeume conyeubame bomekinhyeu
  giadinhtoi giadinh1 giadinh123 hanhphuc hanhphuc1 matkhau1 vietnam1 vietnam123 vietnam12 vietnamvodich hanoi123
  saigon123 tayninh1 tayninh123 kontum123 dichvucong dichvucong1 dichvucong123 motcua123 congdan123 thanhpho maimaimottinhyeu
  tinhyeu1 tinhyeu123 tinhyeucuatoi nguyenvana nguyen123 tranvan123 phuong123 hoang123 thanh123 khanh123 quang123
  huong123 trang123 linh1234 tuan1234 hung1234 dung1234 minh1234 long1234 anhanhanh hoilamgi deohieu123 matkhaula1
  12345678a 123456789a 1234567a 123456aa 123456abc 123456asd 123456qwe 123qweasd 123qwe123 1a2b3c4d 1234567890a a1b2c3d4
  asd12345 asdasd123 asdqwe123 zxc12345 qweasdzxc qweqweqwe qwe123456 poiuytrewq mnbvcxz1 lkjhgfds 00112233 01020304
  10203040 12131415 11235813 31415926 27182818 20011999 01011990 01011980 01012000 02091945 30041975 19051890 07051954
`);

export const COMMON_BASES: ReadonlySet<string> = list(`
  password passwords passwort pass matkhau mk mkhau abc abcd abcde abcdef qwerty qwertyuiop asdf asdfgh asdfghjkl zxcvbn
  zxcvbnm admin administrator root user login guest welcome letmein changeme default secret master iloveyou loveyou love
  monkey dragon sunshine princess football baseball superman batman pokemon shadow michael jordan ashley bailey charlie
  anhyeuem emyeuanh yeuem yeuanh anhyeu emyeu tinhyeu giadinh hanhphuc vietnam vietnamvodich hanoi saigon hochiminh
  tphcm danang haiphong cantho tayninh kontum dichvucong dichvu congdan motcua quocgia khongbiet conyeu meyeu boyeu
  nguyen tran pham hoang huynh phan dang bui duong nguyenvan nguyenthi tranvan tranthi google facebook zalo momo viettel
  vinaphone mobifone vnpt samsung iphone apple test testing tester demo hello helloworld xinchao chaoban computer
  internet spiderman starwars liverpool chelsea arsenal manutd barcelona realmadrid ronaldo messi
`);
