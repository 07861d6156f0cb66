// A .vsix: a zip with the files of an extension under `extension/`, a manifest for the gallery, and the types of the files.
import path from "node:path";
import { strToU8, zipSync } from "fflate";

const types = {
  ".cjs": "application/javascript",
  ".js": "application/javascript",
  ".mjs": "application/javascript",
  ".json": "application/json",
  ".md": "text/markdown",
  ".txt": "text/plain",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".vsixmanifest": "text/xml",
};

/** The bytes of the .vsix of an extension, whose package.json is among the files. The same files give the same bytes. */
export function makeVsix(files) {
  const manifest = JSON.parse(text(files.get("package.json")));
  const entries = new Map([
    ["extension.vsixmanifest", vsixManifest(manifest)],
    ...[...files].map(([name, content]) => [`extension/${name}`, content]),
  ]);
  const all = [["[Content_Types].xml", contentTypes([...entries.keys()])], ...entries];
  const bytes = Object.fromEntries(
    all.map(([name, content]) => [name, typeof content === "string" ? strToU8(content) : content]),
  );
  return zipSync(bytes, { level: 9, mtime: new Date(1980, 0, 1) });
}

function vsixManifest({
  name,
  publisher,
  version,
  displayName,
  description,
  keywords,
  categories,
  engines,
  icon,
  extensionKind,
}) {
  const asset = (type, file) =>
    `<Asset Type="Microsoft.VisualStudio.${type}" Path="extension/${file}" Addressable="true" />`;
  const property = (id, value) => `<Property Id="Microsoft.VisualStudio.Code.${id}" Value="${escape(value)}" />`;
  return `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id="${escape(name)}" Version="${escape(version)}" Publisher="${escape(publisher)}" />
    <DisplayName>${escape(displayName)}</DisplayName>
    <Description xml:space="preserve">${escape(description)}</Description>
    <Tags>${escape(keywords.join(","))}</Tags>
    <Categories>${escape(categories.join(","))}</Categories>
    <GalleryFlags>Public</GalleryFlags>
    <Properties>
      ${property("Engine", engines.vscode)}
      ${property("ExtensionKind", extensionKind.join(","))}
    </Properties>
    <License>extension/LICENSE.txt</License>
    <Icon>extension/${escape(icon)}</Icon>
  </Metadata>
  <Installation>
    <InstallationTarget Id="Microsoft.VisualStudio.Code" />
  </Installation>
  <Dependencies />
  <Assets>
    ${asset("Code.Manifest", "package.json")}
    ${asset("Services.Content.Details", "README.md")}
    ${asset("Services.Content.Changelog", "CHANGELOG.md")}
    ${asset("Services.Content.License", "LICENSE.txt")}
    ${asset("Services.Icons.Default", icon)}
  </Assets>
</PackageManifest>
`;
}

function contentTypes(names) {
  const endings = [...new Set(names.map((name) => path.posix.extname(name)))].filter((ending) => ending !== "").sort();
  const defaults = endings.map((ending) => {
    const type = types[ending];
    if (type === undefined) throw new Error(`what is the type of ${ending} files?`);
    return `<Default Extension="${ending}" ContentType="${type}" />`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${defaults.join("")}</Types>
`;
}

function escape(value) {
  return value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

function text(content) {
  return typeof content === "string" ? content : Buffer.from(content).toString();
}
