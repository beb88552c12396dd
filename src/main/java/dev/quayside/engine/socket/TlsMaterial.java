package dev.quayside.engine.socket;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * Holds the certificates with which Docker secures a TCP port: {@code ca.pem}, {@code cert.pem} and
 * {@code key.pem} in one folder (Docker documentation, "Protect the Docker daemon socket"). The
 * engine must prove itself with a certificate of that authority for the very host name; there is no
 * way to switch that off.
 */
final class TlsMaterial {

  private final SSLSocketFactory factory;

  private TlsMaterial(SSLSocketFactory factory) {
    this.factory = factory;
  }

  static TlsMaterial read(Path folder) throws IOException {
    try {
      char[] noPassword = new char[0];
      KeyStore keys = emptyStore();
      PrivateKey key = PemKey.read(folder.resolve("key.pem"));
      keys.setKeyEntry("client", key, noPassword, certificates(folder.resolve("cert.pem")));
      KeyManagerFactory ours =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      ours.init(keys, noPassword);

      KeyStore authorities = emptyStore();
      int number = 0;
      for (Certificate authority : certificates(folder.resolve("ca.pem"))) {
        authorities.setCertificateEntry("authority-" + number++, authority);
      }
      TrustManagerFactory theirs =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      theirs.init(authorities);

      SSLContext context = SSLContext.getInstance("TLS");
      context.init(ours.getKeyManagers(), theirs.getTrustManagers(), null);
      return new TlsMaterial(context.getSocketFactory());
    } catch (GeneralSecurityException e) {
      throw new TlsException("the certificates in " + folder + " cannot be used", e);
    }
  }

  SSLSocketFactory factory() {
    return factory;
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Certificate[] certificates(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream stream = Files.newInputStream(file)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(stream);
      if (found.isEmpty()) {
        throw new TlsException("no certificate in " + file);
      }
      return found.toArray(Certificate[]::new);
    }
  }
}
