package dev.quayside.backup;

import dev.quayside.backup.tar.RawPath;
import dev.quayside.backup.tar.TarEntry;
import dev.quayside.backup.tar.TarException;
import dev.quayside.backup.tar.TarTime;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Holds what the seal says of one entry: everything the tar header says, and the hash of a file's
 * content.
 *
 * @param path its path as text; null if it is no UTF-8
 * @param pathBase64 its path's bytes; null if it is UTF-8
 * @param type {@code file}, {@code folder}, {@code hardLink} or {@code symbolicLink}
 * @param size bytes of content
 * @param mode permission bits in octal
 * @param user id of the owner
 * @param group id of the group
 * @param modified seconds since 1970 with a fraction
 * @param sha256 hash of the content, hexadecimal; null for what is no file
 * @param link target as text; null if there is none, or it is no UTF-8
 * @param linkBase64 the target's bytes; null if there is none, or it is UTF-8
 */
record EntryRecord(
    @Nullable String path,
    @Nullable String pathBase64,
    String type,
    long size,
    String mode,
    long user,
    long group,
    String modified,
    @Nullable String sha256,
    @Nullable String link,
    @Nullable String linkBase64) {

  private static final int OCTAL = 8;

  private static final Set<String> MEMBERS =
      Set.of(
          "path",
          "pathBase64",
          "type",
          "size",
          "mode",
          "user",
          "group",
          "modified",
          "sha256",
          "link",
          "linkBase64");

  /** Describes {@code entry} with the hash of its content. */
  static EntryRecord of(TarEntry entry, byte @Nullable [] sha256) {
    RawPath link = entry.link();
    return new EntryRecord(
        text(entry.path()),
        base64(entry.path()),
        word(entry.type()),
        entry.size(),
        String.format(Locale.ROOT, "%04o", entry.mode()),
        entry.user(),
        entry.group(),
        entry.modified().text(),
        sha256 == null ? null : HexFormat.of().formatHex(sha256),
        link == null ? null : text(link),
        link == null ? null : base64(link));
  }

  /**
   * Reads one at whose beginning {@code parser} stands, token by token: a seal lists so many that
   * binding them to a record would be the larger part of comparing it.
   *
   * @throws IllegalArgumentException if it is none
   */
  static EntryRecord read(JsonParser parser) {
    Map<String, String> texts = new HashMap<>();
    Map<String, Long> numbers = new HashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (!MEMBERS.contains(name)) {
        // Kept, a hostile seal could fill the memory with them.
        parser.skipChildren();
      } else if (value == JsonToken.VALUE_STRING) {
        texts.put(name, parser.getString());
      } else if (value == JsonToken.VALUE_NUMBER_INT) {
        numbers.put(name, parser.getLongValue());
      } else {
        parser.skipChildren();
      }
    }
    return new EntryRecord(
        texts.get("path"),
        texts.get("pathBase64"),
        needed(texts, "type"),
        needed(numbers, "size"),
        needed(texts, "mode"),
        needed(numbers, "user"),
        needed(numbers, "group"),
        needed(texts, "modified"),
        texts.get("sha256"),
        texts.get("link"),
        texts.get("linkBase64"));
  }

  private static <T> T needed(Map<String, T> members, String name) {
    T value = members.get(name);
    if (value == null) {
      throw new IllegalArgumentException("an entry without " + name);
    }
    return value;
  }

  /** Returns the entry that is described. */
  TarEntry entry() throws ArchiveException {
    try {
      RawPath where = raw(path, pathBase64);
      if (where == null) {
        throw new ArchiveException(ArchiveException.Reason.BAD_SEAL, "an entry without a path");
      }
      return new TarEntry(
          where,
          type(type),
          size,
          Integer.parseInt(mode, OCTAL),
          user,
          group,
          TarTime.parse(modified),
          raw(link, linkBase64));
    } catch (TarException | RuntimeException e) {
      throw new ArchiveException(
          ArchiveException.Reason.BAD_SEAL, "an entry that cannot be read", e);
    }
  }

  /** Returns the hash of the content; null for what is no file. */
  byte @Nullable [] hash() throws ArchiveException {
    try {
      return sha256 == null ? null : HexFormat.of().parseHex(sha256);
    } catch (IllegalArgumentException e) {
      throw new ArchiveException(ArchiveException.Reason.BAD_SEAL, "a hash that is none", e);
    }
  }

  /** Packs an entry with the hash of its content into few bytes, the same for equal entries. */
  static byte[] pack(TarEntry entry, byte @Nullable [] sha256) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(entry.type().flag());
      write(out, entry.path().bytes());
      out.writeLong(entry.size());
      out.writeShort(entry.mode());
      out.writeLong(entry.user());
      out.writeLong(entry.group());
      out.writeLong(entry.modified().seconds());
      out.writeInt(entry.modified().nanos());
      write(out, entry.link() == null ? new byte[0] : entry.link().bytes());
      write(out, sha256 == null ? new byte[0] : sha256);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /** Unpacks what {@link #pack} packed. */
  static EntryRecord unpack(DataInputStream in) throws IOException {
    char flag = (char) in.readUnsignedByte();
    TarEntry.Type type =
        Arrays.stream(TarEntry.Type.values())
            .filter(each -> each.flag() == flag)
            .findFirst()
            .orElseThrow();
    RawPath path = RawPath.of(read(in));
    long size = in.readLong();
    int mode = in.readShort();
    long user = in.readLong();
    long group = in.readLong();
    TarTime modified = new TarTime(in.readLong(), in.readInt());
    byte[] link = read(in);
    byte[] hash = read(in);
    TarEntry entry =
        new TarEntry(
            path,
            type,
            size,
            mode,
            user,
            group,
            modified,
            link.length == 0 ? null : RawPath.of(link));
    return of(entry, hash.length == 0 ? null : hash);
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeShort(bytes.length);
    out.write(bytes);
  }

  private static byte[] read(DataInputStream in) throws IOException {
    return in.readNBytes(in.readUnsignedShort());
  }

  private static @Nullable String text(RawPath path) {
    return path.utf8() ? path.toString() : null;
  }

  private static @Nullable String base64(RawPath path) {
    return path.utf8() ? null : Base64.getEncoder().encodeToString(path.bytes());
  }

  private static @Nullable RawPath raw(@Nullable String text, @Nullable String base64) {
    if (text != null) {
      return RawPath.of(text);
    }
    return base64 == null ? null : RawPath.of(Base64.getDecoder().decode(base64));
  }

  private static String word(TarEntry.Type type) {
    return switch (type) {
      case FILE -> "file";
      case FOLDER -> "folder";
      case HARD_LINK -> "hardLink";
      case SYMBOLIC_LINK -> "symbolicLink";
    };
  }

  private static TarEntry.Type type(String word) {
    return Arrays.stream(TarEntry.Type.values())
        .filter(each -> word(each).equals(word))
        .findFirst()
        .orElseThrow();
  }
}
