package dev.quayside.backup.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quayside.common.Home;
import dev.quayside.common.Messages;
import dev.quayside.common.Outcome;
import dev.quayside.common.ProblemException;
import dev.quayside.common.Secret;
import dev.quayside.journal.EntryKind;
import dev.quayside.journal.Journal;
import dev.quayside.pgp.Certificate;
import dev.quayside.pgp.Gnupg;
import dev.quayside.pgp.KeyKind;
import dev.quayside.pgp.PgpEncryption;
import dev.quayside.pgp.Sequoia;
import dev.quayside.pgp.SigningKey;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys are imported, made, tried and removed; what cannot be used is refused. */
class KeyOperationsTest {

  private static final byte[] DATA = "the data".getBytes(StandardCharsets.UTF_8);
  private static final String PASSPHRASE = "höhe 1 correct";
  private static final Instant NOW = Instant.parse("2026-11-22T10:20:30Z");

  @TempDir private Path folder;
  private Home home;
  private Instant now = NOW;
  private Journal journal;
  private KeyOperations keys;
  private KeyShelf shelf;

  @BeforeEach
  void setUp() throws Exception {
    home = new Home(folder.resolve("c"), folder.resolve("s"), folder.resolve("k"));
    home.create();
    InstantSource time = () -> now;
    journal = Journal.open(home, time);
    keys = new KeyOperations(home, journal, time);
    shelf = new KeyShelf(home);
  }

  @ParameterizedTest
  @EnumSource(KeyKind.class)
  void theKitOfANewKeyOpensAnArchiveWithStockToolsAndThePassphraseOnly(KeyKind kind)
      throws Exception {
    Path kit = folder.resolve("kit.txt");
    ShelvedKey made = done(create(kind, kit));

    String text = Files.readString(kit);
    assertThat(text).contains(RecoveryKit.grouped(made.fingerprint())).contains("gpg --decrypt");
    assertThat(text).doesNotContain(PASSPHRASE);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kit)))
        .isEqualTo("rw-------");
    byte[] message = encrypted(made);
    try (Gnupg gpg = new Gnupg()) {
      String passphrase = gpg.passphraseFile(PASSPHRASE);
      gpg.succeed(new byte[0], "--passphrase-file", passphrase, "--import", kit.toString());
      Gnupg.Answer opened = gpg.run(message, List.of("--passphrase-file", passphrase, "-d"));
      assertThat(opened.status()).as(opened.errors()).isZero();
      assertThat(opened.output()).isEqualTo(DATA);
      assertThat(opened.errors()).contains("Good signature");
      String packets = new String(gpg.succeed(new byte[0], "--list-packets", kit.toString()));
      assertThat(packets)
          .contains("iter+salt S2K, algo: 9, SHA1 protection, hash: 8")
          .contains("protect count: 65011712 (255)");
    }
    try (Gnupg gpg = new Gnupg()) {
      gpg.succeed(
          new byte[0], "--passphrase-file", gpg.passphraseFile("x"), "--import", kit.toString());
      assertThat(
              gpg.run(message, List.of("--passphrase-file", gpg.passphraseFile("wrong"), "-d"))
                  .status())
          .isNotZero();
    }
  }

  @Test
  void withoutTheSigningKeyGpgSaysWhatTheCardSays() throws Exception {
    Path kit = folder.resolve("kit.txt");
    byte[] message = encrypted(done(create(KeyKind.CURVE25519, kit)));
    Path opens =
        Files.write(
            folder.resolve("opens"), RecoveryKit.part(Files.readAllBytes(kit), KeyRole.RECIPIENT));
    try (Gnupg gpg = new Gnupg()) {
      String passphrase = gpg.passphraseFile(PASSPHRASE);
      gpg.succeed(new byte[0], "--passphrase-file", passphrase, "--import", opens.toString());
      Gnupg.Answer opened = gpg.run(message, List.of("--passphrase-file", passphrase, "-d"));
      assertThat(opened.status()).isEqualTo(2);
      assertThat(opened.output()).isEqualTo(DATA);
      assertThat(opened.errors()).contains("Can't check signature: No public key");
    }
    assertThat(Messages.of("backup").get("card.text", "a", "-z", "1"))
        .contains("ends with 2", "\"Can't check signature: No public key\"");
  }

  @Test
  void aKitTellsAnotherMachineWhoSignsAndWhatOpens() throws Exception {
    Path kit = folder.resolve("kit.txt");
    ShelvedKey made = done(create(KeyKind.CURVE25519, kit));
    String signer = new OwnKey(home, () -> now).get().fingerprint();
    Home elsewhere = new Home(folder.resolve("1"), folder.resolve("2"), folder.resolve("3"));
    elsewhere.create();
    InstantSource time = InstantSource.fixed(NOW);
    KeyOperations there = new KeyOperations(elsewhere, Journal.open(elsewhere, time), time);

    assertThat(done(there.add(kit, KeyRole.SIGNER)).fingerprint()).isEqualTo(signer);
    ShelvedKey opens = done(there.add(kit, KeyRole.RECIPIENT));
    assertThat(opens.fingerprint()).isEqualTo(made.fingerprint());
    assertThat(Files.readString(opens.certificate())).doesNotContain("PRIVATE");
  }

  @Test
  void nothingThatIsKeptHoldsThePassphrase() throws Exception {
    done(create(KeyKind.CURVE25519, folder.resolve("kit.txt")));
    check(PASSPHRASE, null);
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(
                new String(
                    PASSPHRASE.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
            .doesNotContain("correct");
      }
    }
  }

  @Test
  void aPassphraseIsReallyTriedOnTheKeptKeyAndOnTheKit() throws Exception {
    Path kit = folder.resolve("kit.txt");
    ShelvedKey made = done(create(KeyKind.CURVE25519, kit));
    assertThat(shelf.reminder(now).state()).isEqualTo(KeyReminder.State.NEVER_CHECKED);

    assertThat(check("not it", null)).isInstanceOf(Outcome.Found.class);
    assertThat(shelf.list().getFirst().checked()).isNull();
    now = NOW.plusSeconds(5);
    assertThat(check(PASSPHRASE, null)).isInstanceOf(Outcome.Done.class);
    assertThat(check(PASSPHRASE, kit)).isInstanceOf(Outcome.Done.class);

    assertThat(shelf.list().getFirst().checked()).isEqualTo(now);
    assertThat(shelf.reminder(now.plus(Duration.ofDays(60)).minusSeconds(1)).state())
        .isEqualTo(KeyReminder.State.NOT_DUE);
    KeyReminder due = shelf.reminder(now.plus(Duration.ofDays(60)));
    assertThat(due.state()).isEqualTo(KeyReminder.State.DUE);
    assertThat(due.key()).isEqualTo(made.fingerprint());
  }

  @Test
  void theKitOfAnotherKeyIsNotTheKey() throws Exception {
    done(create(KeyKind.CURVE25519, folder.resolve("kit.txt")));
    Path other = folder.resolve("other.txt");
    Home elsewhere = new Home(folder.resolve("1"), folder.resolve("2"), folder.resolve("3"));
    elsewhere.create();
    InstantSource time = InstantSource.fixed(NOW);
    try (Secret secret = secret(PASSPHRASE)) {
      new KeyOperations(elsewhere, Journal.open(elsewhere, time), time)
          .create(KeyKind.CURVE25519, "Other", secret, other);
    }
    assertThat(check(PASSPHRASE, other)).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void aKitNeverGoesOverAFileAndNoKeyIsMadeThen() throws Exception {
    Path kit = Files.writeString(folder.resolve("kit.txt"), "mine");
    assertThat(code(create(KeyKind.CURVE25519, kit))).isEqualTo("KEY-FILE-EXISTS");
    assertThat(Files.readString(kit)).isEqualTo("mine");
    assertThat(shelf.list()).isEmpty();
    assertThat(code(create(KeyKind.CURVE25519, folder.resolve("no/such/kit"))))
        .isEqualTo("KEY-FAILED");
    assertThat(shelf.list()).allMatch(key -> key.role() == KeyRole.OWN);
  }

  @Test
  void aCertificateOfGpgIsImportedAndFoundByTheEndOfItsFingerprint() throws Exception {
    try (Gnupg gpg = new Gnupg()) {
      String key = gpg.makeKey("Ada", "rsa\nKey-Length: 2048", "rsa\nSubkey-Length: 2048", "");
      Path file = gpg.exportPublic(key, folder);

      ShelvedKey imported = done(keys.add(file, KeyRole.RECIPIENT));

      assertThat(imported.fingerprint()).isEqualTo(key);
      assertThat(imported.owner()).isEqualTo("Ada");
      assertThat(imported.secretKept()).isFalse();
      assertThat(shelf.find(key.substring(32).toLowerCase())).isEqualTo(imported);
      assertThat(shelf.recipient("0x" + key.substring(24))).isEqualTo(imported.certificate());
      assertThatThrownBy(() -> shelf.find(key.substring(33))).hasMessageContaining("no such key");
      assertThat(shelf.recipient(file.toString())).isEqualTo(file);
      assertThatThrownBy(() -> shelf.recipient("nobody"))
          .isInstanceOfSatisfying(
              ProblemException.class,
              unknown -> assertThat(unknown.problem().code()).isEqualTo("KEY-UNKNOWN"));
      assertThat(shelf.reminder(now).state()).isEqualTo(KeyReminder.State.NO_KEY);
      assertThat(code(keys.kit(key, folder.resolve("kit")))).isEqualTo("KEY-NO-SECRET");

      Path secret = gpg.exportSecret(key, "", folder);
      done(keys.remove(key, false));
      assertThat(shelf.list()).isEmpty();
      done(keys.add(secret, KeyRole.RECIPIENT));
      assertThat(Files.readString(shelf.find(key).certificate())).doesNotContain("PRIVATE");
    }
  }

  @Test
  void whatCannotOpenIsRefused() throws Exception {
    try (Gnupg gpg = new Gnupg()) {
      gpg.succeed(
          "Key-Type: eddsa\nKey-Curve: ed25519\nKey-Usage: sign\nName-Real: Signs\nExpire-Date: 0\n%no-protection\n%commit\n"
              .getBytes(StandardCharsets.UTF_8),
          "--gen-key");
      Path signs =
          Files.write(folder.resolve("signs"), gpg.succeed(new byte[0], "--export", "Signs"));
      assertThat(code(keys.add(signs, KeyRole.RECIPIENT))).isEqualTo("KEY-OPENS-NOTHING");
      assertThat(done(keys.add(signs, KeyRole.SIGNER)).usable()).isTrue();

      String key =
          gpg.makeKey("Gone", "eddsa\nKey-Curve: ed25519", "ecdh\nSubkey-Curve: cv25519", "");
      Path good = gpg.exportPublic(key, folder);
      done(keys.add(good, KeyRole.RECIPIENT));
      Path revocation = gpg.home().resolve("openpgp-revocs.d").resolve(key + ".rev");
      gpg.succeed(
          Files.readString(revocation).replace(":-----BEGIN", "-----BEGIN").getBytes(), "--import");
      Path revoked = gpg.exportPublic(key, folder);
      assertThat(code(keys.add(revoked, KeyRole.RECIPIENT))).isEqualTo("KEY-OPENS-NOTHING");
      assertThat(code(keys.add(revoked, KeyRole.SIGNER))).isEqualTo("KEY-SIGNS-NOTHING");

      Path both = Files.write(folder.resolve("both"), gpg.succeed(new byte[0], "--export"));
      assertThat(code(keys.add(both, KeyRole.RECIPIENT))).isEqualTo("KEY-SEVERAL");
      Path text = Files.writeString(folder.resolve("text"), "no key at all");
      assertThat(code(keys.add(text, KeyRole.RECIPIENT))).isEqualTo("KEY-UNUSABLE");
    }
  }

  @Test
  void theSecretPartIsNotRemovedByTheWay() throws Exception {
    ShelvedKey made = done(create(KeyKind.CURVE25519, folder.resolve("kit.txt")));
    assertThat(code(keys.remove(made.fingerprint(), false))).isEqualTo("KEY-KEEPS-SECRET");
    assertThat(shelf.list()).contains(made);
    done(keys.remove(made.fingerprint(), true));
    assertThat(shelf.list()).singleElement().matches(key -> key.role() == KeyRole.OWN);
    assertThat(journal.entries())
        .extracting(entry -> entry.action() + " " + entry.kind())
        .containsExactly(
            "backup.key.create " + EntryKind.INTENT,
            "backup.key.create " + EntryKind.DONE,
            "backup.key.remove " + EntryKind.INTENT,
            "backup.key.remove " + EntryKind.DONE);
  }

  @Test
  void theKeyThatSignsHereIsListedExportedAndStays() throws Exception {
    SigningKey own = new OwnKey(home, () -> now).get();
    assertThat(shelf.list()).singleElement().matches(key -> key.role() == KeyRole.OWN);
    assertThat(code(keys.remove(own.fingerprint(), true))).isEqualTo("KEY-OWN");
    Path file = folder.resolve("own.asc");
    done(keys.export(own.fingerprint(), file));
    assertThat(Files.readString(file)).contains("PUBLIC KEY").doesNotContain("PRIVATE");
    assertThat(Certificate.described(Files.readAllBytes(file)).getFirst().fingerprint())
        .isEqualTo(own.fingerprint());
  }

  @Test
  void whatAKillCutOffIsEndedByTheNextOperation() throws Exception {
    journal.begin("backup.key.import", "A".repeat(40), java.util.Map.of());
    done(create(KeyKind.CURVE25519, folder.resolve("kit.txt")));
    assertThat(journal.unended("backup.key.import")).isEmpty();
  }

  @Test
  void sequoiaOpensWhatIsForANewKey() throws Exception {
    ShelvedKey made = done(create(KeyKind.CURVE25519, folder.resolve("kit.txt")));
    Sequoia sq = new Sequoia(folder);
    String packets =
        new String(
            sq.succeed(Files.readAllBytes(made.certificate()), "packet", "dump"),
            StandardCharsets.UTF_8);
    assertThat(packets).contains("EdDSA").contains("ECDH");
  }

  private byte[] encrypted(ShelvedKey key) throws Exception {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    try (OutputStream out =
        PgpEncryption.toCertificates(
            message, Certificate.read(key.certificate()), new OwnKey(home, () -> now).get())) {
      out.write(DATA);
    }
    return message.toByteArray();
  }

  private Outcome<ShelvedKey> create(KeyKind kind, Path kit) {
    try (Secret secret = secret(PASSPHRASE)) {
      return keys.create(kind, "Ada <ada@example.org>", secret, kit);
    }
  }

  private Outcome<KeyCheck> check(String passphrase, Path exported) throws Exception {
    try (Secret secret = secret(passphrase)) {
      return keys.check(shelf.list().getFirst().fingerprint(), exported, secret);
    }
  }

  private static Secret secret(String text) {
    return Secret.owning(text.toCharArray());
  }

  private static <R> R done(Outcome<R> outcome) {
    assertThat(outcome).as(outcome.toString()).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done<R>) outcome).receipt();
  }

  private static String code(Outcome<?> outcome) {
    return switch (outcome) {
      case Outcome.Refused<?> refused -> refused.problem().code();
      case Outcome.Failed<?> failed -> failed.problem().code();
      default -> outcome.toString();
    };
  }
}
