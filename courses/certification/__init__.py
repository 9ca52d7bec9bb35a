"""Certification: awards, the certificates issued for them, and the credentials anyone can verify.

Pure modules (no Django): credential, openbadges, keys, did, signing, statuslist, baking, rendering, verification.
"""
