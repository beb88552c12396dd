/**
 * Encrypts and decrypts OpenPGP messages that stock GnuPG 2.2 reads and writes. The only package
 * that uses BouncyCastle; one policy class holds every cryptographic choice, and what is read is
 * not to be acted upon before its stream has ended without an error.
 */
@NullMarked
package dev.quayside.pgp;

import org.jspecify.annotations.NullMarked;
