package dev.quayside.pgp;

import static dev.quayside.pgp.PgpException.Reason;

import dev.quayside.common.Secret;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.bcpg.SymmetricEncIntegrityPacket;
import org.bouncycastle.openpgp.PGPEncryptedData;
import org.bouncycastle.openpgp.PGPEncryptedDataList;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPMarker;
import org.bouncycastle.openpgp.PGPPBEEncryptedData;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPPublicKeyEncryptedData;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSessionKey;
import org.bouncycastle.openpgp.PGPSessionKeyEncryptedData;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyDataDecryptorFactory;
import org.jspecify.annotations.Nullable;

/**
 * Opens encrypted messages, ours and those of {@code gpg}. Messages without integrity protection
 * are refused, and the returned stream ends without an error only if the integrity check holds.
 */
public final class PgpDecryption {

  private static final byte[] ARMOR =
      "-----BEGIN PGP MESSAGE-----".getBytes(StandardCharsets.US_ASCII);

  private PgpDecryption() {}

  /**
   * Opens a message with a passphrase.
   *
   * @param message the whole message, armored or binary; closed with the returned stream
   * @throws PgpException if it is refused; the reason says why
   */
  public static VerifiedInput withPassphrase(InputStream message, Secret passphrase)
      throws IOException {
    Envelope envelope = envelope(message);
    List<PGPPBEEncryptedData> wrapped = select(envelope.list, PGPPBEEncryptedData.class);
    if (wrapped.isEmpty()) {
      throw new PgpException(Reason.KEY_NEEDED, "no passphrase opens this message");
    }
    @Nullable PgpException refusal = null;
    for (PGPPBEEncryptedData each : wrapped) {
      PassphraseOpening opening = new PassphraseOpening(passphrase);
      PGPSessionKey key;
      try {
        key = sessionKey(each, opening);
      } catch (PgpException e) {
        if (e.reason() != Reason.WRONG_PASSPHRASE) {
          throw e;
        }
        refusal = e;
        continue;
      }
      return open(envelope, key, opening.derived(), Signers.none());
    }
    throw refusal == null ? new PgpException(Reason.WRONG_PASSPHRASE, "no session key") : refusal;
  }

  /**
   * Opens a message with a secret key.
   *
   * @param message the whole message, armored or binary; closed with the returned stream
   * @param keys the keys to try
   * @param passphrase unlocks the key; null if it is not locked
   * @param signers whose signatures are checked; a false one of theirs is a refusal
   * @throws PgpException if it is refused; the reason says why
   */
  public static VerifiedInput withKeys(
      InputStream message, SecretKeys keys, @Nullable Secret passphrase, Signers signers)
      throws IOException {
    Envelope envelope = envelope(message);
    List<PGPPublicKeyEncryptedData> wrapped =
        select(envelope.list, PGPPublicKeyEncryptedData.class);
    if (wrapped.isEmpty()) {
      throw new PgpException(Reason.PASSPHRASE_NEEDED, "no key opens this message");
    }
    UnlockedKeys unlocked = new UnlockedKeys(passphrase);
    for (PGPPublicKeyEncryptedData each : wrapped) {
      for (PGPSecretKey key : keys.candidates(each.getKeyIdentifier().getKeyId())) {
        @Nullable PGPSessionKey sessionKey = sessionKey(each, key, unlocked);
        if (sessionKey != null) {
          return open(envelope, sessionKey, false, signers);
        }
      }
    }
    PgpException refusal = unlocked.refusal();
    throw refusal == null
        ? new PgpException(Reason.NO_MATCHING_KEY, "the message is for other keys")
        : refusal;
  }

  private static PGPSessionKey sessionKey(PGPPBEEncryptedData wrapped, PassphraseOpening opening)
      throws PgpException {
    try {
      PGPSessionKey key = wrapped.getSessionKey(opening);
      if (!PgpPolicy.readable(key.getAlgorithm())
          || key.getKey().length != PgpPolicy.keyLength(key.getAlgorithm())) {
        throw new PgpException(Reason.WRONG_PASSPHRASE, "no session key comes out");
      }
      return key;
    } catch (PGPException e) {
      if (e.getCause() instanceof PgpException refused) {
        throw refused;
      }
      throw new PgpException(Reason.WRONG_PASSPHRASE, "no session key comes out", e);
    } catch (RuntimeException e) {
      throw new PgpException(Reason.WRONG_PASSPHRASE, "no session key comes out", e);
    }
  }

  private static @Nullable PGPSessionKey sessionKey(
      PGPPublicKeyEncryptedData wrapped, PGPSecretKey key, UnlockedKeys unlocked) {
    PGPPrivateKey privateKey = unlocked.of(key);
    if (privateKey == null) {
      return null;
    }
    try {
      PGPSessionKey found =
          wrapped.getSessionKey(
              new BcPublicKeyDataDecryptorFactory(new PGPKeyPair(key.getPublicKey(), privateKey)));
      return found.getKey().length == PgpPolicy.keyLength(found.getAlgorithm()) ? found : null;
    } catch (PgpException e) {
      unlocked.refused(e);
      return null;
    } catch (PGPException | RuntimeException e) {
      return null; // addressed to somebody else without a name, or altered: the caller tries the
      // next
    }
  }

  private static VerifiedInput open(
      Envelope envelope, PGPSessionKey key, boolean derived, Signers signers) throws IOException {
    PgpPolicy.keyLength(key.getAlgorithm());
    PGPSessionKeyEncryptedData data = envelope.list.extractSessionKeyEncryptedData();
    try {
      InputStream plain = data.getDataStream(new FastDecryptorFactory(key, derived));
      return VerifiedInput.begin(data, plain, envelope.source, envelope.armored, signers);
    } catch (PGPException e) {
      envelope.source.rethrow();
      if (e.getCause() instanceof EOFException) {
        throw new PgpException(Reason.CUT_SHORT, "the message ends too early", e);
      }
      throw new PgpException(Reason.WRONG_PASSPHRASE, "the first bytes do not agree", e);
    }
  }

  private static <T> List<T> select(PGPEncryptedDataList list, Class<T> type) {
    List<T> found = new ArrayList<>();
    for (PGPEncryptedData each : list) {
      if (type.isInstance(each)) {
        found.add(type.cast(each));
      }
    }
    return found;
  }

  private record Envelope(PGPEncryptedDataList list, WatchedSource source, boolean armored) {}

  private static Envelope envelope(InputStream message) throws IOException {
    WatchedSource source = new WatchedSource(message);
    boolean armored = armored(source);
    PGPEncryptedDataList list = encryptedData(source, armored);
    if (list.size() > PgpPolicy.MOST_SESSION_KEYS) {
      throw tooManyKeys();
    }
    if (!(list.getEncryptedData() instanceof SymmetricEncIntegrityPacket packet)) {
      boolean newer = !list.isEmpty() && list.get(0).isAEAD();
      throw new PgpException(
          newer ? Reason.NEWER_FORMAT : Reason.NO_INTEGRITY,
          "the encrypted packet has no integrity check");
    }
    if (packet.getVersion() != SymmetricEncIntegrityPacket.VERSION_1) {
      throw new PgpException(
          Reason.NEWER_FORMAT, "encrypted packet of version " + packet.getVersion());
    }
    return new Envelope(list, source, armored);
  }

  /**
   * Looks whether {@code message} begins as a message does, before anybody is asked for a
   * passphrase; reads no more than that.
   *
   * @throws PgpException if it does not
   */
  public static void requireMessage(InputStream message) throws IOException {
    armored(new WatchedSource(message));
  }

  private static boolean armored(WatchedSource source) throws IOException {
    source.mark(ARMOR.length);
    byte[] head = source.readNBytes(ARMOR.length);
    source.reset();
    if (head.length == 0 || ((head[0] & 0x80) == 0 && !Arrays.equals(head, ARMOR))) {
      throw new PgpException(Reason.NOT_OPENPGP, "it begins like no OpenPGP message");
    }
    return (head[0] & 0x80) == 0;
  }

  private static PGPEncryptedDataList encryptedData(WatchedSource source, boolean armored)
      throws IOException {
    LimitedHead head = new LimitedHead(source, PgpPolicy.MOST_HEAD_BYTES);
    try {
      RecordedHead packets = new RecordedHead(armored ? new ArmoredInputStream(head) : head);
      BcPGPObjectFactory objects = new BcPGPObjectFactory(packets);
      Object first = objects.nextObject();
      if (first instanceof PGPMarker) {
        first = objects.nextObject();
      }
      if (first instanceof PGPEncryptedDataList list) {
        head.end();
        SessionKeyPackets.requireCanonical(packets.end());
        return list;
      }
    } catch (PgpException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      source.rethrow();
      if (head.exceeded()) {
        throw tooManyKeys();
      }
      throw new PgpException(Reason.NOT_OPENPGP, "its packets cannot be read", e);
    }
    throw new PgpException(Reason.NOT_ENCRYPTED, "it is not encrypted");
  }

  private static PgpException tooManyKeys() {
    return new PgpException(Reason.REFUSED_ALGORITHM, "more session keys than anybody needs");
  }
}
