package io.tenantpulse.testkit;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority that lives as long as a test; it vouches for servers at 127.0.0.1. */
public final class Authority {
    private final X500Name name;
    private final KeyPair keys;
    private final X509CertificateHolder certificate;

    /** @param name common name, anything */
    public Authority(String name) throws IOException {
        this.name = new X500Name("CN=" + name);
        this.keys = newKeys();
        X509v3CertificateBuilder builder = builder(this.name, keys);
        this.certificate =
                sign(builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true)), keys);
    }

    /** Writes its own certificate, as a kubeconfig's certificate-authority names it. */
    public Path writeTo(Path file) throws IOException {
        return replace(file, pem("CERTIFICATE", certificate.getEncoded()));
    }

    /** Writes a new serving certificate and its key; a server that watches these files takes them over. */
    public void serve(Path certificateFile, Path keyFile) throws IOException {
        KeyPair server = newKeys();
        X509CertificateHolder signed = vouchFor(server);
        replace(keyFile, pem("PRIVATE KEY", server.getPrivate().getEncoded()));
        replace(certificateFile, pem("CERTIFICATE", signed.getEncoded()));
    }

    /** TLS for a server in this process. */
    SSLContext serverContext() throws IOException {
        KeyPair server = newKeys();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            X509Certificate signed = new JcaX509CertificateConverter().getCertificate(vouchFor(server));
            store.setKeyEntry("server", server.getPrivate(), new char[0], new Certificate[] {signed});
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private X509CertificateHolder vouchFor(KeyPair server) throws CertIOException {
        return sign(
                builder(new X500Name("CN=kube-apiserver"), server)
                        .addExtension(
                                Extension.subjectAlternativeName,
                                false,
                                new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1"))),
                keys);
    }

    private X509v3CertificateBuilder builder(X500Name subject, KeyPair of) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                name,
                BigInteger.valueOf(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)),
                Date.from(now.minus(1, ChronoUnit.DAYS)),
                Date.from(now.plus(1, ChronoUnit.DAYS)),
                subject,
                of.getPublic());
    }

    private static X509CertificateHolder sign(X509v3CertificateBuilder builder, KeyPair with) throws CertIOException {
        try {
            return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(with.getPrivate()));
        } catch (OperatorCreationException e) {
            throw new CertIOException("cannot sign", e);
        }
    }

    private static KeyPair newKeys() throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** At once, so that nobody reads half a file. */
    private static Path replace(Path file, String text) throws IOException {
        Path written = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
        return Files.move(written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + what + "-----\n";
    }
}
