package dev.quayside.backup;

import dev.quayside.backup.tar.RawPath;
import dev.quayside.backup.tar.TarEntry;
import dev.quayside.backup.tar.TarTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Lists what somebody hostile might put into an archive, with the problem that refuses it. */
final class HostileCases {

  interface Forging {
    byte[] forge() throws IOException;
  }

  record Case(String name, String code, Forging forging) {}

  private HostileCases() {}

  /** Returns them all. */
  static List<Case> all() {
    return List.of(
        new Case(
            "an absolute path",
            "BACKUP-UNSAFE-PATH",
            () -> Forge.begun().file("/tmp/evil", "x").finished()),
        new Case(
            "a path that climbs",
            "BACKUP-UNSAFE-PATH",
            () -> Forge.begun().file("../evil", "x").finished()),
        new Case(
            "a path that climbs later",
            "BACKUP-UNSAFE-PATH",
            () -> Forge.begun().file("files/data/../../../evil", "x").finished()),
        new Case(
            "an empty part",
            "BACKUP-UNSAFE-PATH",
            () -> Forge.begun().file("files//x", "x").finished()),
        new Case(
            "a dot part",
            "BACKUP-UNSAFE-PATH",
            () -> Forge.begun().file("files/./x", "x").finished()),
        new Case(
            "a NUL in a long path",
            "BACKUP-UNSAFE-PATH",
            () -> Forge.begun().file("files/data/" + "n".repeat(120) + "\0/x", "x").finished()),
        new Case(
            "a place of its own",
            "BACKUP-MISPLACED",
            () -> Forge.begun().file("elsewhere", "x").finished()),
        new Case(
            "a second plan",
            "BACKUP-MISPLACED",
            () -> Forge.begun().file("plan.json", "{}").finished()),
        new Case(
            "a file where files is",
            "BACKUP-MISPLACED",
            () ->
                new Forge()
                    .file("plan.json", ArchivePlans.write(Forge.plan(9, 9)))
                    .file("files", "x")
                    .finished()),
        new Case(
            "no folder before a file",
            "BACKUP-MISPLACED",
            () -> Forge.begun().file("files/other/x", "x").finished()),
        new Case(
            "a file below a file",
            "BACKUP-MISPLACED",
            () -> Forge.begun().file("files/data/a", "x").file("files/data/a/b", "x").finished()),
        new Case(
            "a file through a link",
            "BACKUP-MISPLACED",
            () ->
                Forge.begun()
                    .symbolicLink("files/data/l", "/tmp")
                    .file("files/data/l/evil", "x")
                    .finished()),
        new Case(
            "a folder through a link",
            "BACKUP-MISPLACED",
            () ->
                Forge.begun()
                    .symbolicLink("files/data/l", "..")
                    .folder("files/data/l/evil")
                    .finished()),
        new Case(
            "a hard link out",
            "BACKUP-UNSAFE-PATH",
            () -> Forge.begun().hardLink("files/data/h", "../../etc/passwd").finished()),
        new Case(
            "an absolute hard link",
            "BACKUP-UNSAFE-PATH",
            () -> Forge.begun().hardLink("files/data/h", "/etc/passwd").finished()),
        new Case(
            "a hard link to nothing",
            "BACKUP-MISPLACED",
            () -> Forge.begun().hardLink("files/data/h", "files/data/none").finished()),
        new Case(
            "a hard link to a link",
            "BACKUP-MISPLACED",
            () ->
                Forge.begun()
                    .symbolicLink("files/data/l", "/etc/passwd")
                    .hardLink("files/data/h", "files/data/l")
                    .finished()),
        new Case(
            "a hard link to itself",
            "BACKUP-MISPLACED",
            () -> Forge.begun().hardLink("files/data/h", "files/data/h").finished()),
        new Case(
            "an empty link",
            "BACKUP-UNSAFE-PATH",
            () -> Forge.begun().symbolicLink("files/data/l", "").finished()),
        new Case(
            "a link among the dumps",
            "BACKUP-MISPLACED",
            () -> Forge.begun().symbolicLink("databases/l", "x").finished()),
        new Case(
            "a file among the dumps",
            "BACKUP-MISPLACED",
            () -> Forge.begun().file("databases/f", "x").finished()),
        new Case(
            "the same file twice",
            "BACKUP-DUPLICATE",
            () -> Forge.begun().file("files/data/a", "x").file("files/data/a", "y").finished()),
        new Case(
            "the same folder twice",
            "BACKUP-DUPLICATE",
            () -> Forge.begun().folder("files/data").finished()),
        new Case(
            "a link over a file",
            "BACKUP-DUPLICATE",
            () ->
                Forge.begun()
                    .file("files/data/a", "x")
                    .symbolicLink("files/data/a", "/tmp")
                    .finished()),
        new Case(
            "a character device",
            "BACKUP-REFUSED-TYPE",
            () -> Forge.begun().special('3', "files/data/d").finished()),
        new Case(
            "a block device",
            "BACKUP-REFUSED-TYPE",
            () -> Forge.begun().special('4', "files/data/d").finished()),
        new Case(
            "a named pipe",
            "BACKUP-REFUSED-TYPE",
            () -> Forge.begun().special('6', "files/data/d").finished()),
        new Case(
            "a sparse file",
            "BACKUP-REFUSED-TYPE",
            () -> Forge.begun().special('S', "files/data/d").finished()),
        new Case(
            "an unknown type",
            "BACKUP-REFUSED-TYPE",
            () -> Forge.begun().special('Z', "files/data/d").finished()),
        new Case(
            "a long name",
            "BACKUP-LONG-PATH",
            () -> Forge.begun().file("files/data/" + "n".repeat(256), "x").finished()),
        new Case(
            "a path of 4 KB",
            "BACKUP-LONG-PATH",
            () -> Forge.begun().file("files/data/" + "n/".repeat(2100) + "x", "x").finished()),
        new Case(
            "a link of 5 KB",
            "BACKUP-LONG-PATH",
            () -> Forge.begun().symbolicLink("files/data/l", "n/".repeat(2500)).finished()),
        new Case(
            "more entries than planned",
            "BACKUP-TOO-MUCH",
            () -> {
              Forge forge = Forge.begun(Forge.plan(1000, 10));
              for (int i = 0; i < 20; i++) {
                forge.file("files/data/" + i, "x");
              }
              return forge.finished();
            }),
        new Case(
            "more bytes than planned",
            "BACKUP-TOO-MUCH",
            () ->
                Forge.begun(Forge.plan(1000, 10)).file("files/data/a", new byte[2000]).finished()),
        new Case(
            "many files that are more together",
            "BACKUP-TOO-MUCH",
            () ->
                Forge.begun(Forge.plan(1000, 10))
                    .file("files/data/a", new byte[600])
                    .file("files/data/b", new byte[600])
                    .finished()),
        new Case(
            "a file of eight exabytes",
            "BACKUP-TOO-MUCH",
            () -> {
              Forge forge = Forge.begun().file("files/data/a", "");
              return forge
                  .patchedFrom(
                      0,
                      header -> {
                        Arrays.fill(header, 125, 136, (byte) 0);
                        header[124] = (byte) 0x80;
                        header[128] = 0x7F;
                      })
                  .compressed();
            }),
        new Case(
            "a plan for more than a disk can hold",
            "BACKUP-BAD-PLAN",
            () -> Forge.begun(Forge.plan(Long.MAX_VALUE, 10)).finished()),
        new Case(
            "a plan for too many entries",
            "BACKUP-BAD-PLAN",
            () -> Forge.begun(Forge.plan(1, 2_000_000)).finished()),
        new Case(
            "a plan that is no JSON",
            "BACKUP-BAD-PLAN",
            () -> new Forge().file("plan.json", "nonsense").finished()),
        new Case(
            "a plan that is a list",
            "BACKUP-BAD-PLAN",
            () -> new Forge().file("plan.json", "[]").finished()),
        new Case(
            "a plan without an id",
            "BACKUP-BAD-PLAN",
            () -> new Forge().file("plan.json", "{\"format\":1}").finished()),
        new Case(
            "a plan whose id is a path",
            "BACKUP-BAD-PLAN",
            () ->
                new Forge()
                    .file(
                        "plan.json",
                        new String(ArchivePlans.write(Forge.plan(9, 9)), StandardCharsets.UTF_8)
                            .replace(Forge.ID, "../../../evil"))
                    .finished()),
        new Case(
            "a dump that is called like a command",
            "BACKUP-BAD-PLAN",
            () -> Forge.begun(Forge.plan("databases/db/x; rm -rf ~", "db/x")).finished()),
        new Case(
            "a dump that climbs",
            "BACKUP-BAD-PLAN",
            () -> Forge.begun(Forge.plan("databases/../x", "db/x")).finished()),
        new Case(
            "an entry with two headers",
            "BACKUP-TAR-HEADER",
            () ->
                Forge.begun()
                    .header('x', "20 comment=nothing1\n")
                    .header('x', "20 comment=nothing1\n")
                    .entry(late(5), new byte[0])
                    .finished()),
        new Case(
            "nothing but headers",
            "BACKUP-LONG-PATH",
            () -> {
              Forge forge = Forge.begun();
              for (int i = 0; i < 40; i++) {
                forge.header('g', "20 comment=nothing1\n");
              }
              return forge.entry(late(5), new byte[0]).finished();
            }),
        new Case(
            "a time that no clock knows",
            "BACKUP-TAR-HEADER",
            () -> Forge.begun().entry(late(1L << 60), new byte[0]).finished()),
        new Case(
            "a time that only a long holds",
            "BACKUP-TAR-HEADER",
            () -> {
              Forge forge = Forge.begun().entry(late(5), new byte[0]);
              return forge
                  .patchedFrom(
                      0,
                      header -> {
                        Arrays.fill(header, 136, 148, (byte) 0xFF);
                        header[140] = (byte) 0x80;
                      })
                  .compressed();
            }),
        new Case(
            "a seal with a member that is no list",
            "BACKUP-BAD-SEAL",
            () -> Forge.begun().unsealed("seal.json", "{\"unread\":{}}").end().compressed()),
        new Case(
            "a seal with endless lists",
            "BACKUP-BAD-SEAL",
            () ->
                Forge.begun()
                    .unsealed("seal.json", "{\"skipped\":[" + "1,".repeat(3_000_000) + "1]}")
                    .end()
                    .compressed()),
        new Case(
            "a plan of the future",
            "BACKUP-NEWER-FORMAT",
            () -> new Forge().file("plan.json", "{\"format\":2}").finished()),
        new Case(
            "a huge plan",
            "BACKUP-BAD-PLAN",
            () -> new Forge().file("plan.json", new byte[5 << 20]).finished()),
        new Case("no plan", "BACKUP-NO-PLAN", () -> new Forge().folder("files").finished()),
        new Case("an empty tar", "BACKUP-NO-PLAN", () -> new Forge().end().compressed()),
        new Case(
            "no seal",
            "BACKUP-NO-SEAL",
            () -> Forge.begun().file("files/data/a", "x").end().compressed()),
        new Case(
            "a folder as the seal",
            "BACKUP-NO-SEAL",
            () -> Forge.begun().folder("seal.json").end().compressed()),
        new Case(
            "the seal of another",
            "BACKUP-BAD-SEAL",
            () -> Forge.begun().seal("99999999-2222-3333-4444-555555555555").end().compressed()),
        new Case(
            "a seal that is no JSON",
            "BACKUP-BAD-SEAL",
            () -> Forge.begun().unsealed("seal.json", "{").end().compressed()),
        new Case(
            "an empty seal",
            "BACKUP-BAD-SEAL",
            () -> Forge.begun().unsealed("seal.json", "{}").end().compressed()),
        new Case(
            "an entry the seal does not know",
            "BACKUP-DIFFERS",
            () -> Forge.begun().unsealed("files/data/a", "x").finished()),
        new Case(
            "an entry that only the seal knows",
            "BACKUP-DIFFERS",
            () -> Forge.begun().onlySealed("files/data/a").finished()),
        new Case(
            "something after the seal",
            "BACKUP-BAD-SEAL",
            () -> Forge.begun().seal().unsealed("files/data/a", "x").end().compressed()),
        new Case(
            "bytes after the end",
            "BACKUP-TAR-TRAILING",
            () -> Forge.begun().seal().end().raw(new byte[] {1}).compressed()),
        new Case("no end mark", "BACKUP-TAR-CUT", () -> Forge.begun().seal().compressed()),
        new Case(
            "a cut entry",
            "BACKUP-TAR-CUT",
            () -> {
              byte[] tar = Forge.begun().file("files/data/a", new byte[5000]).tarBytes();
              return new Forge().raw(Arrays.copyOf(tar, tar.length - 1000)).compressed();
            }),
        new Case(
            "a wrong checksum",
            "BACKUP-TAR-HEADER",
            () -> Forge.begun().raw(new byte[] {'x'}).raw(new byte[511]).compressed()),
        new Case(
            "no compression", "BACKUP-COMPRESSION", () -> Forge.begun().seal().end().tarBytes()),
        new Case(
            "damaged compression",
            "BACKUP-COMPRESSION",
            () ->
                damaged(Forge.begun().file("files/data/a", Workbench.random(9000, 1)).finished())),
        new Case(
            "cut compression",
            "BACKUP-COMPRESSION",
            () -> cut(Forge.begun().file("files/data/a", Workbench.random(9000, 1)).finished())),
        new Case(
            "segments with a gap",
            "BACKUP-SEGMENTS",
            () -> segments("000001", "000003").finished()),
        new Case(
            "segments in wrong order",
            "BACKUP-SEGMENTS",
            () -> segments("000002", "000001").finished()),
        new Case("a stream without segments", "BACKUP-SEGMENTS", () -> segments().finished()),
        new Case(
            "an empty segment",
            "BACKUP-SEGMENTS",
            () -> segments().file("databases/pg/a.dump.segments/000001", "").finished()),
        new Case(
            "a segment with another name", "BACKUP-SEGMENTS", () -> segments("evil").finished()),
        new Case(
            "segments the seal does not know",
            "BACKUP-DIFFERS",
            () -> segments("000001").finished()),
        new Case(
            "segments of another content",
            "BACKUP-DIFFERS",
            () ->
                segments("000001").stream("databases/pg/a.dump", 1, 1, new byte[] {'y'})
                    .finished()),
        new Case(
            "two streams at one place",
            "BACKUP-DUPLICATE",
            () -> segments("000001").folder("databases/pg/a.dump.segments").finished()));
  }

  /** Describes an empty file of a time that its header holds alone. */
  static TarEntry late(long seconds) {
    return new TarEntry(
        RawPath.of("files/data/a"),
        TarEntry.Type.FILE,
        0,
        0600,
        0,
        0,
        new TarTime(seconds, 0),
        null);
  }

  private static Forge segments(String... names) throws IOException {
    Forge forge = Forge.begun().folder("databases/pg").folder("databases/pg/a.dump.segments");
    for (String name : names) {
      forge.file("databases/pg/a.dump.segments/" + name, "x");
    }
    return forge;
  }

  private static byte[] damaged(byte[] bytes) {
    bytes[bytes.length - 6] ^= 0x10; // in the checksum of gzip
    return bytes;
  }

  private static byte[] cut(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length - 3000);
  }
}
