"""Pages around a dossier: for its applicant, for whoever verifies a paper, for the public, for administrators."""
