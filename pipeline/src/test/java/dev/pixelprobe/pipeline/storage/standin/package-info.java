/**
 * A stand-in for Google Cloud Storage on a local port: the part of its JSON API that Beam's file
 * system and the google-cloud-storage client speak, and the ways in which networks fail.
 */
@NullMarked
package dev.pixelprobe.pipeline.storage.standin;

import org.jspecify.annotations.NullMarked;
