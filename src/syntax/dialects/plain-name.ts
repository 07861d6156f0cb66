/** Letters that are written as several here. */
const written: Readonly<Record<string, string>> = {
  ä: "ae",
  ö: "oe",
  ü: "ue",
  Ä: "Ae",
  Ö: "Oe",
  Ü: "Ue",
  ß: "ss",
  æ: "ae",
  Æ: "Ae",
  œ: "oe",
  ø: "o",
  Ø: "O",
  å: "a",
  ł: "l",
  Ł: "L",
  đ: "d",
  ı: "i",
  α: "alpha",
  β: "beta",
  γ: "gamma",
  δ: "delta",
  ε: "epsilon",
  η: "eta",
  θ: "theta",
  λ: "lambda",
  μ: "mu",
  σ: "sigma",
  τ: "tau",
  φ: "phi",
  ω: "omega",
};

/** Letters of Cyrillic and Greek that look like the Latin ones in the same place below. */
const lookalikes = "АВСЕНІКМОРЅТХУасеіорѕхуΑΒΕΖΗΙΚΜΝΟΡΤΥΧο";
const latin = "ABCEHIKMOPSTXYaceiopsxyABEZHIKMNOPTYXo";

/** A name with letters of its language, or with '$', in the letters that names have here; undefined where there is none. */
export function plainName(name: string): string | undefined {
  const plain = [...name.normalize("NFC")]
    .map((letter) => written[letter] ?? latin[lookalikes.indexOf(letter)] ?? letter)
    .join("")
    .normalize("NFD")
    .replace(/[\u0300-\u036F$]/g, "");
  return /^[A-Za-z_]\w*$/.test(plain) ? plain : undefined;
}
