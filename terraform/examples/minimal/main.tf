# A weekly benchmark from an empty project: docs/CLOUD.md goes through it step by step.
terraform {
  required_version = ">= 1.9, < 2.0"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = ">= 6.50, < 8.0"
    }
    helm = {
      source  = "hashicorp/helm"
      version = ">= 3.1, < 4.0"
    }
    kubernetes = {
      source  = "hashicorp/kubernetes"
      version = ">= 2.38, < 3.0"
    }
    time = {
      source  = "hashicorp/time"
      version = ">= 0.13, < 1.0"
    }
  }
}

provider "google" {
  project = var.project_id
}

data "google_client_config" "this" {}

locals {
  cluster = {
    host                   = "https://${module.pixelprobe.cluster.endpoint}"
    token                  = data.google_client_config.this.access_token
    cluster_ca_certificate = base64decode(module.pixelprobe.cluster.ca_certificate)
  }
}

provider "kubernetes" {
  host                   = local.cluster.host
  token                  = local.cluster.token
  cluster_ca_certificate = local.cluster.cluster_ca_certificate
}

provider "helm" {
  kubernetes = local.cluster
}

module "pixelprobe" {
  source = "../.."

  project_id   = var.project_id
  image_tag    = var.image_tag
  alert_emails = var.alert_emails
  protect      = var.protect
}
